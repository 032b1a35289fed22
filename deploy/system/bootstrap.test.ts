import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRunning } from '../testing/installation.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valeo-bootstrap-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function numberIn(file: string): Promise<number> {
  while (!existsSync(file) || !readFileSync(file, 'utf8').trim()) await sleep(20);
  return Number(readFileSync(file, 'utf8'));
}

/** Starts a script the way npm does: a parent, maybe a shell between, and the script with a name of its own. */
async function startedBy(parent: 'npm' | 'a shell'): Promise<{ parent: number; script: number; noticed: string }> {
  const [script, pidFile, noticed] = ['script.mjs', 'pid', 'noticed'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const bootstrap = pathToFileURL(join(import.meta.dirname, '..', 'bootstrap-parent.mjs')).href;
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
     import { whenNpmIsGone } from ${JSON.stringify(bootstrap)};
     whenNpmIsGone(() => { writeFileSync(${JSON.stringify(noticed)}, 'gone'); process.exit(); });
     writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
     setTimeout(() => {}, 60_000);`,
  );
  const command = `"${process.execPath}" "${script}"; true`; // With `; true` the shell stays between the two.
  const code = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(command)}]); setTimeout(() => {}, 60_000)`;
  const env = { ...process.env, npm_lifecycle_event: parent === 'npm' ? 'start' : undefined };
  const child = spawn(process.execPath, ['-e', code], { env, stdio: 'ignore' });
  return { parent: child.pid as number, script: await numberIn(pidFile), noticed };
}

test('a start whose npm was killed notices that', async () => {
  const { parent, script, noticed } = await startedBy('npm');
  process.kill(parent, 'SIGKILL');
  while (isRunning(script)) await sleep(20);
  expect(readFileSync(noticed, 'utf8')).toBe('gone');
});

test('a start from a shell goes on when that shell ends', async () => {
  const { parent, script, noticed } = await startedBy('a shell');
  process.kill(parent, 'SIGKILL');
  await sleep(1_500); // More than two looks at the parent.
  expect(isRunning(script)).toBe(true);
  expect(existsSync(noticed)).toBe(false);
  process.kill(script, 'SIGKILL');
});

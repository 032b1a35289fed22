import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { root } from './config.ts';
import { tryLockFolder } from './folder-lock.ts';
import { startProgress } from './progress.ts';
import { webSources } from './web-sources.ts';

/** Builds the web app unless the last build was of these very sources. Two installations of one checkout take turns. */

const frontend = join(root, 'frontend');
const output = join(frontend, process.env.WEB_BUILD_FOLDER || '.next');
const stampFile = join(output, 'build-stamp');
const POLL_MS = 200;

followSupervisor(async () => {});
// Database, graph and import take longer than the build and go before it; what is started here is as patient.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const progress = startProgress();
const folder = join(root, 'node_modules', '.web-build');
mkdirSync(folder, { recursive: true });
let lock = tryLockFolder(folder);
while (!lock) {
  await sleep(POLL_MS);
  lock = tryLockFolder(folder);
}
const stamp = stampOf(webSources());
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) await build();
else progress.line('The web app is built already');
lock.release();
process.exit(0);

async function build(): Promise<void> {
  progress.line('Building the web app');
  rmSync(stampFile, { force: true });
  const steps = [
    ['graphql/generate.ts'],
    ['node_modules/next/dist/bin/next', 'build'],
    ['server/finish-build.ts', output],
  ];
  for (const args of steps) {
    const { code, text } = await quietly(args);
    if (code === 0) continue;
    console.error(text);
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
  progress.line('The web app is built');
}

function quietly(args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd: frontend, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const keep = (chunk: Buffer): void => {
      text += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', (code) => resolve({ code, text }));
  });
}

function stampOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

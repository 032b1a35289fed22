import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../embedded/config.ts';
import { killGroup } from '../embedded/process-group.ts';
import { sweep } from './sweep.ts';

/** Runs every check and every test, one kind after the other, and reports all failures, not only the first. */

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
const pnpm = ['npm', 'exec', '--yes', `--package=${packageManager}`, '--', 'pnpm'];
const vitest = (...args: string[]): string[] => ['vitest', 'run', ...args];

const steps: [name: string, command: string[]][] = [
  ['Generate operations of the web app', ['node', 'frontend/graphql/generate.ts']],
  ['Format, lint, schema, types', [...pnpm, 'check']],
  [
    'Unit and API tests, coverage',
    vitest('--project', 'server', '--project', 'gateway', '--project', 'frontend', '--coverage'),
  ],
  ['Starting, crashing, stopping', vitest('--project', 'system')],
  ['Journeys', vitest('--project', 'e2e')],
];

const env = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  APOLLO_TELEMETRY_DISABLED: '1',
  // Matrices and soaks run as seeded samples, or in full.
  ...(process.argv.includes('--long') && { TEST_LONG: '1' }),
};

let current: number | undefined;
const interrupt = async (): Promise<void> => {
  if (current) killGroup(current);
  await sweep();
  process.exit(130);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, interrupt);

const failed: string[] = [];
const report: string[] = [];
for (const [name, command] of steps) {
  console.log(`\n== ${name}`);
  const startedAt = performance.now();
  const passed = await run(command);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(5);
  report.push(`${passed ? 'passed' : 'FAILED'} ${seconds} s  ${name}`);
  if (!passed) failed.push(name);
}
await sweep();
console.log(`\n${report.join('\n')}`);
process.exit(failed.length > 0 ? 1 : 0);

function run([program = '', ...args]: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit', detached: true });
    current = child.pid;
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => {
      // Whatever a step has left running ends with it.
      if (child.pid) killGroup(child.pid);
      resolve(code === 0);
    });
  });
}

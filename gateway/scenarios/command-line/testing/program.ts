import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';

/** The program of the gateway on its own. */
export const main = path.join(import.meta.dirname, '..', '..', '..', 'main.ts');

/** Starts it, with settings on the command line and in the environment. */
export function run(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    exit,
    output: () => output,
    /** Address of the graph, once it is served. */
    async url(): Promise<string> {
      await expect.poll(() => output, { timeout: 20_000 }).toContain('budgets: off');
      return /http:\S+/.exec(output)?.[0] as string;
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      expect(await exit).toBe(0);
    },
  };
}

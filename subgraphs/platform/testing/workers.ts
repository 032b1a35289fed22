import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Workers as processes of their own, to be killed or stopped. */
export function workerProcesses(url: string) {
  const running = new Set<ChildProcess>();

  async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    running.delete(child);
    const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await exit;
  }

  return {
    async start(): Promise<ChildProcess> {
      const child = fork(join(import.meta.dirname, 'worker-process.ts'), [url], {
        execArgv: [],
        stdio: ['ignore', process.env.LOG_LEVEL ? 'inherit' : 'ignore', 'inherit', 'ipc'],
        env: { PATH: process.env.PATH, LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal' },
      });
      running.add(child);
      await new Promise((resolve, reject) => {
        child.once('message', resolve);
        child.once('exit', (code) => reject(new Error(`The worker ended with ${code}`)));
      });
      return child;
    },
    end,
    endAll: () => Promise.all([...running].map((child) => end(child, 'SIGTERM'))),
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { killGroup } from './process-group.ts';
import { StartError } from './start-error.ts';
import { PRELOAD, type Program } from './supervised-process.ts';

/** A program that does one thing and ends, such as building the web app. */
export class OneShotProcess {
  readonly program: Program;
  #child: ChildProcess | undefined;
  #stopped = false;

  constructor(program: Program) {
    this.program = program;
  }

  /** Resolves when the program has ended well. It goes down with its supervisor, by the channel between the two. */
  run(): Promise<void> {
    const { name, file, args = [], env } = this.program;
    return new Promise((resolve, reject) => {
      if (this.#stopped) return;
      const child = spawn(process.execPath, ['--import', PRELOAD, file, ...args], {
        env,
        detached: true,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      this.#child = child;
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (child.pid) killGroup(child.pid);
        if (this.#stopped) return;
        if (code === 0) resolve();
        else reject(new StartError(`The ${name} ended with ${signal ?? `code ${code}`}; its messages are above.`));
      });
    });
  }

  stop(): void {
    this.#stopped = true;
    const child = this.#child;
    if (child?.pid && child.exitCode === null && child.signalCode === null) killGroup(child.pid);
  }
}

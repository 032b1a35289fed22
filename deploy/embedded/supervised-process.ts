import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FromSupervisor, InstallationState, ToSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { killGroup } from './process-group.ts';
import { StartError } from './start-error.ts';

export interface Program {
  /** Noun for the operator: "server", "worker", "web server". */
  readonly name: string;
  readonly file: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Options of Node itself, such as `--watch`. */
  readonly nodeOptions?: readonly string[];
}

// The first crash is followed by a start at once, further ones wait longer, until a minute went well.
const BACKOFF_MS = [0, 250, 500, 1_000, 2_000, 5_000, 10_000];
const HEALTHY_MS = 60_000;
// A program that never got ready is broken or badly configured: trying on would hide that.
const START_ATTEMPTS = 3;

/** One process of the installation: started, watched, started again after a crash, and stopped. */
export class SupervisedProcess {
  readonly program: Program;
  readonly #report: (text: string) => void;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stopping = false;
  #crashes = 0;
  #wasReady = false;
  #state: InstallationState = { demoData: 'loading' };

  constructor(program: Program, report: (text: string) => void) {
    this.program = program;
    this.#report = report;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when the process has said that it is ready for the first time; rejects when it cannot be started. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => this.#launch(resolve, reject));
  }

  tell(state: InstallationState): void {
    this.#state = state;
    this.#send({ kind: 'state', state });
  }

  /** Lets the process finish what it is doing; after the time it is ended with all that it has started. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    this.#send({ kind: 'stop' });
    const ended = this.#ended.then(() => true);
    if (await Promise.race([ended, sleep(withinMs, false, { ref: false })])) return;
    killGroup(child.pid);
    await this.#ended;
  }

  #launch(resolve: () => void, reject: (error: Error) => void): void {
    const { file, args = [], env, nodeOptions = [] } = this.program;
    const startedAt = performance.now();
    // In a process group of its own, so that Ctrl-C reaches the supervisor only, which then stops things in order.
    const child = spawn(process.execPath, [...nodeOptions, file, ...args], {
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    child.on('message', (message: ToSupervisor) => {
      if (message.kind !== 'ready') return;
      this.#wasReady = true;
      this.#send({ kind: 'state', state: this.#state });
      resolve();
    });
    child.on('error', reject);
    this.#ended = new Promise((ended) => {
      child.once('exit', (code, signal) => {
        if (child.pid) killGroup(child.pid);
        ended();
        if (!this.#stopping) this.#crashed(signal ?? `code ${code}`, performance.now() - startedAt, resolve, reject);
      });
    });
  }

  #crashed(cause: string, afterMs: number, resolve: () => void, reject: (error: Error) => void): void {
    if (afterMs > HEALTHY_MS) this.#crashes = 0;
    this.#crashes++;
    if (!this.#wasReady && this.#crashes >= START_ATTEMPTS) {
      reject(
        new StartError(
          `The ${this.program.name} ended with ${cause} each time it was started; its messages are above.`,
        ),
      );
      return;
    }
    this.#report(`The ${this.program.name} ended with ${cause}; it is started again.`);
    const waitMs = BACKOFF_MS[Math.min(this.#crashes, BACKOFF_MS.length) - 1] ?? 0;
    setTimeout(() => {
      if (!this.#stopping) this.#launch(resolve, reject);
    }, waitMs);
  }

  #send(message: FromSupervisor): void {
    // The channel may close between the check and the call: then its end is dealt with elsewhere.
    if (this.#child?.connected) this.#child.send(message, () => {});
  }
}

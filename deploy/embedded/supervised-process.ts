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
  /** Keeps a second process prepared, so that a crash costs no start-up time. */
  readonly standby?: boolean;
}

/** Loaded before every program. */
export const PRELOAD = import.meta.resolve('@valeo/kit/quick-drizzle.ts');
// The first crash is followed by a start at once, further ones wait longer, until a minute went well.
const BACKOFF_MS = [0, 250, 500, 1_000, 2_000, 5_000, 10_000];
const HEALTHY_MS = 60_000;
const STANDBY_AFTER_MS = 1_000;
// A program that never got ready is broken or badly configured: trying on would hide that.
const START_ATTEMPTS = 3;

/** One process of the installation: started, watched, replaced after a crash, and stopped. */
export class SupervisedProcess {
  readonly program: Program;
  readonly #report: (text: string) => void;
  readonly #children = new Map<ChildProcess, Promise<void>>();
  readonly #first = Promise.withResolvers<void>();
  #active: ChildProcess | undefined;
  #standby: ChildProcess | undefined;
  #stopping = false;
  #crashes = 0;
  #wasReady = false;
  #activeSince = 0;
  #retry: NodeJS.Timeout | undefined;
  #prepare: NodeJS.Timeout | undefined;
  #state: InstallationState = { demoData: 'loading' };

  constructor(program: Program, report: (text: string) => void) {
    this.program = program;
    this.#report = report;
  }

  /** Resolves when the process has said that it is ready for the first time; rejects when it cannot be started. */
  start(): Promise<void> {
    this.#activate();
    return this.#first.promise;
  }

  tell(state: InstallationState): void {
    this.#state = state;
    for (const child of this.#children.keys()) send(child, { kind: 'state', state });
    this.#prepareStandby();
  }

  /** Replaces the process by one that runs the code of now. For development: what the old one was doing is cut off. */
  async restart(): Promise<void> {
    clearTimeout(this.#retry);
    this.#active = undefined;
    this.#standby = undefined;
    for (const { pid } of this.#children.keys()) if (pid) killGroup(pid);
    await Promise.all(this.#children.values());
    if (!this.#stopping && !this.#active) this.#activate();
  }

  /** Lets the process finish what it is doing; after the time it is ended with all that it has started. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    for (const child of this.#children.keys()) send(child, { kind: 'stop' });
    const ended = Promise.all(this.#children.values());
    if (await Promise.race([ended.then(() => true), sleep(withinMs, false, { ref: false })])) return;
    for (const { pid } of this.#children.keys()) if (pid) killGroup(pid);
    await ended;
  }

  /** Gives the work to the process that stands by, or to a new one. */
  #activate(): void {
    // Whoever starts now is not slowed down by one more that starts.
    clearTimeout(this.#prepare);
    const child = this.#standby ?? this.#spawn();
    this.#standby = undefined;
    this.#active = child;
    this.#activeSince = performance.now();
    send(child, { kind: 'go' });
  }

  #spawn(): ChildProcess {
    const { file, args = [], env } = this.program;
    // In a process group of its own, so that Ctrl-C reaches the supervisor only, which then stops things in order.
    const child = spawn(process.execPath, ['--import', PRELOAD, file, ...args], {
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    send(child, { kind: 'state', state: this.#state });
    child.on('message', (message: ToSupervisor) => message.kind === 'ready' && this.#becameReady());
    child.on('error', (error) => this.#first.reject(error));
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.#children.set(child, ended);
    child.once('exit', (code, signal) => {
      this.#children.delete(child);
      if (child.pid) killGroup(child.pid);
      if (!this.#stopping) this.#lost(child, signal ?? `code ${code}`);
    });
    return child;
  }

  #becameReady(): void {
    this.#wasReady = true;
    this.#first.resolve();
    this.#prepareStandby();
  }

  /** Not while an installation still starts or loads its data: both would take longer. */
  #prepareStandby(): void {
    if (!this.program.standby || !this.#wasReady || this.#state.demoData === 'loading') return;
    clearTimeout(this.#prepare);
    this.#prepare = setTimeout(() => {
      if (!this.#stopping) this.#standby ??= this.#spawn();
    }, STANDBY_AFTER_MS);
  }

  #lost(child: ChildProcess, cause: string): void {
    if (child === this.#standby) {
      // The next crash takes a little longer then; trying again and again would only cost the one that works.
      this.#standby = undefined;
      return;
    }
    if (child !== this.#active) return;
    if (performance.now() - this.#activeSince > HEALTHY_MS) this.#crashes = 0;
    this.#crashes++;
    if (!this.#wasReady && this.#crashes >= START_ATTEMPTS) {
      const text = `The ${this.program.name} ended with ${cause} each time it was started; its messages are above.`;
      this.#first.reject(new StartError(text));
      return;
    }
    this.#report(`The ${this.program.name} ended with ${cause}; it is started again.`);
    const waitMs = BACKOFF_MS[Math.min(this.#crashes, BACKOFF_MS.length) - 1] ?? 0;
    this.#retry = setTimeout(() => !this.#stopping && this.#activate(), waitMs);
  }
}

function send(child: ChildProcess, message: FromSupervisor): void {
  // The channel may close between the check and the call: then its end is dealt with elsewhere.
  if (child.connected) child.send(message, () => {});
}

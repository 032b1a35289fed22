import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';

/** Clock ticks a second in /proc: 100 on every Linux that people run. */
const TICKS = 100;

/** A program under measurement. It prints `ready <JSON>` when it answers, and ends with this process. */
export class Measured<Ready> {
  readonly child: ChildProcess;
  readonly ready: Ready;

  private constructor(child: ChildProcess, ready: Ready) {
    this.child = child;
    this.ready = ready;
  }

  /** @param core processor it is held to, where there are two and the system can; null for any. */
  static start<Ready>(
    file: string,
    args: readonly string[],
    core: number | null,
    ready = /^ready (.+)$/m,
    nodeOptions: readonly string[] = [],
    withinMs = Number.POSITIVE_INFINITY,
  ): Promise<Measured<Ready>> {
    const child = spawn(process.execPath, [...nodeOptions, resolve(import.meta.dirname, file), ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' },
    });
    if (core !== null) pin(child.pid as number, core);
    let output = '';
    const { promise, resolve: begun, reject } = Promise.withResolvers<Measured<Ready>>();
    const timer = Number.isFinite(withinMs) ? setTimeout(() => child.kill('SIGKILL'), withinMs) : undefined;
    child.once('exit', () => reject(new Error(`${file} ended:\n${output}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        const match = ready.exec(output);
        if (!match?.[1]) return;
        clearTimeout(timer);
        begun(new Measured(child, read(match[1]) as Ready));
      });
    }
    return promise;
  }

  /** Seconds of processor time so far; NaN where the system does not tell. */
  get cpuSeconds(): number {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    } catch {
      return Number.NaN;
    }
  }

  /** Megabytes of memory in use; NaN where the system does not tell. */
  get megabytes(): number {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1]) / 1024;
    } catch {
      return Number.NaN;
    }
  }

  /** Sends it a message, and answers its next one. */
  ask<Answer>(message: string): Promise<Answer> {
    return new Promise((resolve) => {
      this.child.once('message', (answer) => resolve(answer as Answer));
      this.child.send(message);
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** Our own gateway prints its address as it is. */
const read = (text: string): unknown => (text.startsWith('http') ? text : JSON.parse(text));

/** Holds a process to one processor, so that the load beside it does not count as its own. */
export const pin = (pid: number, core: number): void => setProcessors(pid, String(core));

export const unpin = (pid: number): void => setProcessors(pid, `0-${cpus().length - 1}`);

function setProcessors(pid: number, list: string): void {
  if (cpus().length >= 2) spawnSync('taskset', ['-apc', list, String(pid)], { stdio: 'ignore' });
}

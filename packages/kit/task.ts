import type { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Services } from './services.ts';
import type { Tx } from './tenant-db.ts';

/** What a task handler works with. Every write is a transaction of its own, so that a killed worker loses one step at most. */
export interface TaskRun {
  readonly taskId: string;
  readonly caller: Caller;
  readonly services: Services;
  /** True on a dry run: check everything, change nothing. */
  readonly dryRun: boolean;
  /** A transaction for the caller's company with the rights of `domain`. */
  transaction<T>(domain: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Tells users where it stands: 0..1 and a sentence. Throws when the task was cancelled. */
  progress(share: number, message: { readonly de: string; readonly en: string }): Promise<void>;
  /** The stored upload; a stream, since it may be larger than memory. */
  openFile(fileId: string): Promise<AsyncIterable<Uint8Array>>;
}

/** A kind of background task. `run` may be called again after a crash and must continue without doing a step twice. */
export interface Task<Payload = unknown> {
  /** `IMPORT_SALES`: a value of the `TaskKind` enum. */
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
  /** Attempts before it lands in the dead-letter list. */
  readonly maxAttempts: number;
  /** Returns what `task.result` shows. */
  run(run: TaskRun, payload: Payload): Promise<Readonly<Record<string, unknown>>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of tasks has no common payload type; `defineTask` keeps each one strict.
export const defineTask = <Payload>(task: Task<Payload>): Task<any> => task;

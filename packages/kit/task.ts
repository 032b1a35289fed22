import type { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Services } from './services.ts';

/** A sentence for users in both languages. */
export interface Sentence {
  readonly de: string;
  readonly en: string;
}

/** The task cannot succeed as it was asked for, for example because its file has a wrong header. It is not tried again. */
export class TaskFault extends Error {
  readonly sentence: Sentence;
  constructor(sentence: Sentence) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

/** What a task handler works with. Every write is a transaction of its own, so that a killed worker loses one step at most. */
export interface TaskRun {
  readonly taskId: string;
  readonly caller: Caller;
  readonly services: Services;
  /** True on a dry run: check everything, change nothing. */
  readonly dryRun: boolean;
  /**
   * Asks the graph in the name of the caller, as any API client would: how a task uses other domains. One operation may
   * name fields of one domain only. Throws when the answer has errors.
   */
  graph<Data>(operation: string, variables: object): Promise<Data>;
  /** Tells users where it stands: 0..1 and a sentence. Throws when the task was cancelled. */
  progress(share: number, message: Sentence): Promise<void>;
  /** The stored upload, in pieces, since it may be larger than memory. */
  openFile(fileId: string): AsyncIterable<Uint8Array>;
}

/** A kind of background task. `run` may be called again after a crash and must continue without doing a step twice. */
export interface Task<Payload = unknown> {
  /** A value of the `TaskKind` enum: `IMPORT_SALES`. */
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
  /** Attempts before it is left as failed, to be started again by hand. */
  readonly maxAttempts: number;
  /** Returns what `task.result` shows. */
  run(run: TaskRun, payload: Payload): Promise<Readonly<Record<string, unknown>>>;
}

export const defineTask = <Payload>(task: Task<Payload>): Task<any> => task;

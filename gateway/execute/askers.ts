/** One caller's share in the work on a question. */
export interface Asker {
  /** Aborted once everybody who waited for the answer has gone. */
  readonly everybodyGone: AbortSignal;
  /** Has been answered. */
  leave(): void;
}

interface Work {
  waiting: number;
  readonly abort: AbortController;
}

/** Who waits for which answer: work that is shared goes on until the last of them has gone. */
export class Askers {
  readonly #open = new Map<string, Work>();

  join(question: string, gone: AbortSignal | undefined): Asker {
    const work = this.#open.get(question) ?? { waiting: 0, abort: new AbortController() };
    this.#open.set(question, work);
    work.waiting++;
    let waits = true;
    const leave = (): void => {
      if (!waits) return;
      waits = false;
      gone?.removeEventListener('abort', go);
      if (--work.waiting === 0 && this.#open.get(question) === work) this.#open.delete(question);
    };
    const go = (): void => {
      leave();
      if (work.waiting === 0) work.abort.abort();
    };
    if (gone?.aborted) go();
    else gone?.addEventListener('abort', go, { once: true });
    return { everybodyGone: work.abort.signal, leave };
  }
}

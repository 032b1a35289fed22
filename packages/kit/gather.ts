interface Waiting<Call, Answer> {
  readonly call: Call;
  answer(value: Answer): void;
  fail(error: unknown): void;
}

/**
 * Does calls together that arrive while others of the same line are at work, as databases do with commits: nothing waits
 * without need, and the more calls queue up, the more of them share one piece of work.
 */
export class Gatherer<Call, Answer> {
  readonly #lines = new Map<string, Waiting<Call, Answer>[]>();
  readonly #work: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  readonly #limit: number;

  /** `work` answers in the order of its calls, of which it gets `limit` at most. */
  constructor(limit: number, work: (calls: readonly Call[]) => Promise<readonly Answer[]>) {
    this.#limit = limit;
    this.#work = work;
  }

  /** Calls of one `line` are done one batch after the other, those of different lines beside each other. */
  do(line: string, call: Call): Promise<Answer> {
    return new Promise((answer, fail) => {
      const waiting = this.#lines.get(line);
      if (waiting) {
        waiting.push({ call, answer, fail });
        return;
      }
      const first = [{ call, answer, fail }];
      this.#lines.set(line, first);
      void this.#serve(line, first);
    });
  }

  async #serve(line: string, waiting: Waiting<Call, Answer>[]): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, this.#limit);
      try {
        const answers = await this.#work(batch.map(({ call }) => call));
        batch.forEach(({ answer }, index) => {
          answer(answers[index] as Answer);
        });
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#lines.delete(line);
  }
}

/** What a reader who is too slow gets instead of the next item: one that lost items must start anew, not go on with a gap. */
export class QueueFull extends Error {}

type State = 'open' | 'done' | 'full' | { readonly error: unknown };

/** Items that wait for one reader. */
class Queue<T> {
  readonly #max: number;
  readonly #items: T[] = [];
  #state: State = 'open';
  #wake: () => void = () => {};

  constructor(max: number) {
    this.#max = max;
  }

  push(item: T): void {
    if (this.#state !== 'open') return;
    if (this.#items.length >= this.#max) this.end('full');
    else {
      this.#items.push(item);
      this.#wake();
    }
  }

  end(state: Exclude<State, 'open'>): void {
    if (this.#state === 'open') this.#state = state;
    this.#wake();
  }

  /** @throws QueueFull, or what the source threw */
  async *read(): AsyncGenerator<T> {
    for (;;) {
      while (this.#items.length > 0) yield this.#items.shift() as T;
      if (this.#state === 'done') return;
      if (this.#state === 'full') throw new QueueFull();
      if (typeof this.#state === 'object') throw this.#state.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

interface Source<T> {
  readonly readers: Set<Queue<T>>;
  readonly stop: AbortController;
}

/** Lets many read one source: it is opened for the first reader, read as fast as it comes, and ended with the last. */
export class FanOut<T> {
  readonly #sources = new Map<string, Source<T>>();

  /** Sources that are open. */
  get size(): number {
    return this.#sources.size;
  }

  /**
   * Reads the source of this key, as far as it is read by others from now on.
   * @param max items that may wait for this reader.
   * @throws QueueFull when it falls behind.
   */
  async *join(
    key: string,
    open: (signal: AbortSignal) => AsyncIterable<T>,
    max: number,
    signal: AbortSignal,
  ): AsyncGenerator<T> {
    const queue = new Queue<T>(max);
    let source = this.#sources.get(key);
    if (source) source.readers.add(queue);
    else {
      source = { readers: new Set([queue]), stop: new AbortController() };
      this.#sources.set(key, source);
      void this.#pump(key, source, open);
    }
    const leave = (): void => queue.end('done');
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      yield* queue.read();
    } finally {
      signal.removeEventListener('abort', leave);
      source.readers.delete(queue);
      if (source.readers.size === 0) this.#close(key, source);
    }
  }

  async #pump(key: string, source: Source<T>, open: (signal: AbortSignal) => AsyncIterable<T>): Promise<void> {
    let end: Exclude<State, 'open'> = 'done';
    try {
      for await (const item of open(source.stop.signal)) for (const reader of source.readers) reader.push(item);
    } catch (error) {
      end = { error };
    }
    this.#close(key, source);
    for (const reader of source.readers) reader.end(end);
  }

  #close(key: string, source: Source<T>): void {
    if (this.#sources.get(key) === source) this.#sources.delete(key);
    source.stop.abort();
  }
}

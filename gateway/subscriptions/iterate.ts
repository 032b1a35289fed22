/**
 * The same items until a signal is aborted. A source that waits for its next item cannot be asked to stop before that item
 * comes, so the wait is given up here and the source told to end whenever it wakes.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  if (!signal) return yield* { [Symbol.asyncIterator]: () => iterator };
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), aborted]);
      if (step === null || step.done) return;
      yield step.value;
    }
  } finally {
    void iterator.return?.()?.catch(() => {});
  }
}

export class QueueFull extends Error {}

/**
 * Reads a source ahead of a slow reader, but not further than `max` items.
 * @throws QueueFull to the reader when it falls behind: a reader that lost events must start anew, not go on with a gap.
 */
export async function* bounded<T>(source: AsyncIterable<T>, max: number, signal: AbortSignal): AsyncGenerator<T> {
  const queue: T[] = [];
  let wake: () => void = () => {};
  let state = 'open' as 'open' | 'done' | 'full' | { error: unknown };
  const stop = new AbortController();
  const pump = async (): Promise<void> => {
    for await (const item of untilAborted(source, AbortSignal.any([signal, stop.signal]))) {
      if (queue.length >= max) {
        state = 'full';
        return;
      }
      queue.push(item);
      wake();
    }
    state = 'done';
  };
  void pump()
    .catch((error: unknown) => {
      state = { error };
    })
    .finally(() => wake());
  try {
    for (;;) {
      const item = queue.shift();
      if (item !== undefined) {
        yield item;
        continue;
      }
      if (state === 'full') throw new QueueFull();
      if (state === 'done') return;
      if (typeof state === 'object') throw state.error;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stop.abort();
  }
}

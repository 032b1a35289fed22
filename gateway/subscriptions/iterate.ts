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

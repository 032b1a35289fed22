/**
 * The same items until a signal is aborted. A source that waits for its next item cannot be asked to stop before that item
 * comes, so the wait is given up here and the source told to end whenever it wakes.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  if (!signal) return yield* { [Symbol.asyncIterator]: () => iterator };
  // One wait at a time: racing each item against one long-lived promise would keep every item until the end.
  let giveUp = (): void => {};
  const onAbort = (): void => giveUp();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      const step = await new Promise<IteratorResult<T> | null>((resolve, reject) => {
        giveUp = () => resolve(null);
        iterator.next().then(resolve, reject);
      });
      if (step === null || step.done) return;
      yield step.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    void iterator.return?.()?.catch(() => {});
  }
}

/**
 * Passes on what `pick` makes of each item and leaves out undefined. Unlike a generator it can be ended while it waits for
 * an item, so that a client who goes away leaves nothing behind.
 */
export function picked<In, Out>(
  source: AsyncIterableIterator<In>,
  pick: (item: In) => Out | undefined | Promise<Out | undefined>,
): AsyncIterableIterator<Out> {
  const ended = { done: true, value: undefined } as const;
  return {
    async next() {
      for (;;) {
        const { done, value } = await source.next();
        if (done) return ended;
        const out = await pick(value);
        if (out !== undefined) return { done: false, value: out };
      }
    },
    async return() {
      await source.return?.();
      return ended;
    },
    async throw(error) {
      await source.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

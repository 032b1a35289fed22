import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { untilAborted } from './iterate.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('what has been read is let go of, however long the source goes on', async () => {
  const read: WeakRef<object>[] = [];
  async function* source(): AsyncGenerator<object> {
    for (let i = 0; i < 1_000; i++) yield { i };
  }
  const items = untilAborted(source(), new AbortController().signal);
  for (let i = 0; i < 900; i++) read.push(new WeakRef((await items.next()).value));
  await new Promise(setImmediate);
  collectGarbage();
  // The last one is still at hand.
  expect(read.filter((one) => one.deref() !== undefined).length).toBeLessThan(10);
});

test('a source that waits is left at once, and told to end', async () => {
  const stop = new AbortController();
  let isEnded = false;
  const source: AsyncIterableIterator<number> = {
    next: () => new Promise(() => {}),
    return() {
      isEnded = true;
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  const next = untilAborted(source, stop.signal).next();
  stop.abort();
  expect((await next).done).toBe(true);
  expect(isEnded).toBe(true);
});

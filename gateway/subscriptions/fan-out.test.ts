import { expect, test } from 'vitest';
import { FanOut, QueueFull } from './fan-out.ts';

async function* numbers(until: number, beats: Promise<void>): AsyncGenerator<number> {
  await beats;
  for (let i = 1; i <= until; i++) {
    yield i;
    await null;
  }
}

test('a reader that falls behind is ended, and only that one', async () => {
  const fanOut = new FanOut<number>();
  let start = (): void => {};
  const beats = new Promise<void>((resolve) => {
    start = resolve;
  });
  const { signal } = new AbortController();
  const slow = fanOut.join('a', () => numbers(100, beats), 10, signal);
  const quick = fanOut.join('a', () => numbers(100, beats), 10, signal);
  const first = slow.next();
  const seen: number[] = [];
  const reading = (async () => {
    for await (const number of quick) seen.push(number);
  })();
  start();
  await reading;
  expect(seen).toHaveLength(100);
  expect((await first).value).toBe(1);
  await expect(
    (async () => {
      for await (const _ of slow);
    })(),
  ).rejects.toThrow(QueueFull);
  expect(fanOut.size).toBe(0);
});

test('what the source throws reaches every reader, and the next one opens it anew', async () => {
  const fanOut = new FanOut<number>();
  let opened = 0;
  const open = async function* (): AsyncGenerator<number> {
    opened++;
    throw new Error('no');
    yield 1;
  };
  const { signal } = new AbortController();
  const [one, two] = [fanOut.join('a', open, 1, signal).next(), fanOut.join('a', open, 1, signal).next()];
  await expect(one).rejects.toThrow('no');
  await expect(two).rejects.toThrow('no');
  expect(opened).toBe(1);
  await expect(fanOut.join('a', open, 1, signal).next()).rejects.toThrow('no');
  expect(opened).toBe(2);
});

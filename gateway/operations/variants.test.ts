import { expect, test } from 'vitest';
import type { Executable } from './executable.ts';
import { createVariants } from './variants.ts';

const compiled = (id: number): Executable => ({ id }) as Executable;

test('variants of all operations together take no more memory than they may: the one not asked for longest makes room', async () => {
  const variants = createVariants(1_000_000);
  let count = 0;
  const get = (key: string, characters = 1_000) =>
    variants.get(
      key,
      () => characters,
      () => Promise.resolve(compiled(++count)),
    );
  const first = await get('1 a');
  await get('2 a');
  await get('3 a');
  expect(await get('1 a')).toBe(first);
  await get('4 a');
  expect(await get('1 a')).toBe(first);
  expect(count).toBe(4);
  await get('2 a');
  expect(count).toBe(5);
});

test('a variant is compiled once for all who wait for it, and again after a failure', async () => {
  const variants = createVariants();
  let count = 0;
  const get = (compile: () => Promise<Executable>) => variants.get('1 a', () => 10, compile);
  const failing = () => Promise.reject(new Error(`failure ${++count}`));
  const waiting = [get(failing), get(failing)];
  await expect(Promise.all(waiting)).rejects.toThrow('failure 1');
  expect(count).toBe(1);
  expect(await get(() => Promise.resolve(compiled(7)))).toEqual({ id: 7 });
});

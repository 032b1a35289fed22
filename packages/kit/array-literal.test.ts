import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { arrayLiteral } from './array-literal.ts';
import { type ToyHouse, toyHouse } from './testing/toy/toy.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
});

const roundTrip = (type: string, values: readonly unknown[]) =>
  house
    .sql<{ back: unknown[] }>(`SELECT $1::${type}[]::text[] AS back`, [arrayLiteral(values)])
    .then(([row]) => row?.back);

test('texts come back as they went, whatever is in them', async () => {
  const nasty = ['', ' ', 'NULL', 'null', '{}', ',', '"', '\\', '\\"', '\n\t', 'Größe "XL"', '🙂', null];
  expect(await roundTrip('text', nasty)).toEqual(nasty);
  const text = fc.option(fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0')));
  await fc.assert(
    fc.asyncProperty(fc.array(text), async (values) => {
      expect(await roundTrip('text', values)).toEqual(values);
    }),
    { numRuns: 100 },
  );
});

test('numbers, truth values, decimals and nothing do so too', async () => {
  expect(await roundTrip('int', [1, null, -3])).toEqual(['1', null, '-3']);
  expect(await roundTrip('boolean', [true, undefined, false])).toEqual(['true', null, 'false']);
  expect(await roundTrip('numeric', ['1.50', '-0.01'])).toEqual(['1.50', '-0.01']);
  expect(await roundTrip('bigint', [9_007_199_254_740_993n])).toEqual(['9007199254740993']);
  expect(await roundTrip('int', [])).toEqual([]);
});

test('what is no plain value is left to the driver', () => {
  const nested = [[1], [2]];
  expect(arrayLiteral(nested)).toBe(nested);
});

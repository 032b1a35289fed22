import { expect, test } from 'vitest';
import { isInEu } from './eu.ts';

test('membership begins and ends with its day', () => {
  const found = [
    isInEu('PL', '2004-04-30'),
    isInEu('PL', '2004-05-01'),
    isInEu('GB', '2020-12-31'),
    isInEu('GB', '2021-01-01'),
  ];
  expect(found).toEqual([false, true, true, false]);
});

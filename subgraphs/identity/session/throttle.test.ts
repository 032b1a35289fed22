import { expect, test } from 'vitest';
import { waitAfter } from './throttle.ts';

test('the first failures cost nothing, each further one doubles the wait up to the longest', () => {
  const rule = { free: 5, waitMax: 900 };
  expect([0, 4, 5, 6, 7, 8].map((failures) => waitAfter(failures, rule))).toEqual([0, 0, 2, 4, 8, 16]);
  expect(waitAfter(100, rule)).toBe(900);
});

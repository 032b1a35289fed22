import { expect, test } from 'vitest';
import { isId, newId } from './ids.ts';

test('ids are different, valid and in the order in which they were made, also within a millisecond', () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true);
  const [first = ''] = ids;
  expect(Math.abs(Number.parseInt(first.replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(10_000);
});

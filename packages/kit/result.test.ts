import { expect, test } from 'vitest';
import { type Failure, fail, failField, failItems, ok, single } from './result.ts';

test('the failures of items become one failure that names each item and field', () => {
  const failures = new Map<number, Failure>([
    [1, fail('NOT_FOUND')],
    [4, failField('TAKEN', 'number', { number: '7' })],
  ]);
  expect(failItems(failures)).toMatchObject({
    code: 'NOT_FOUND',
    fields: [
      { path: 'items.1', code: 'NOT_FOUND' },
      { path: 'items.4', code: 'TAKEN' },
      { path: 'items.4.number', code: 'TAKEN' },
    ],
  });
  expect(failItems(new Map())).toBeNull();
});

test('a bulk of one answers like a single', () => {
  expect(single(ok(['a']))).toEqual(ok('a'));
  expect(
    single(
      fail('TAKEN', {
        fields: [
          { path: 'items.0', code: 'TAKEN' },
          { path: 'items.0.lines.0.sku', code: 'TAKEN' },
        ],
      }),
    ),
  ).toMatchObject({
    code: 'TAKEN',
    fields: [{ path: 'lines.0.sku', code: 'TAKEN' }],
  });
});

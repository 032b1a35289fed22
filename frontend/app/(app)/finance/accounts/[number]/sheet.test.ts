import { expect, test } from 'vitest';
import { monthsOf } from '../../year.ts';
import { sideOf, spanOf } from './sheet.ts';

test('a sheet shows a month, or the fiscal year from its first month to its last', () => {
  const months = monthsOf(2026, 7);
  expect(spanOf(months, undefined)).toEqual({ from: '2026-07-01', through: '2027-06-30' });
  expect(spanOf(monthsOf(2024, 1), '2024-02')).toEqual({ from: '2024-02-01', through: '2024-02-29' });
  expect(spanOf(months, '2020-01')).toEqual({ from: '2026-07-01', through: '2027-06-30' });
});

test('a balance stands on its side, nothing on none', () => {
  expect(sideOf('-5.00')).toEqual({ amount: '5.00', side: 'credit' });
  expect(sideOf('5.00')).toEqual({ amount: '5.00', side: 'debit' });
  expect(sideOf('0.00')).toEqual({ amount: '0.00', side: null });
});

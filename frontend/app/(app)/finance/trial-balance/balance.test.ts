import { expect, test } from 'vitest';
import { balanceClasses, shown, sumOf } from './balance.ts';

const account = (number: string, kind: 'GENERAL' | 'CONTROL' = 'GENERAL') => ({
  number,
  name: `Konto ${number}`,
  kind,
});
const rows = [
  { account: account('8400'), opening: '0.00', debit: '10.00', credit: '110.00', balance: '-100.00' },
  { account: account('1400', 'CONTROL'), opening: '50.00', debit: '119.00', credit: '0.00', balance: '169.00' },
  { account: account('1776'), opening: '-50.00', debit: '0.00', credit: '19.00', balance: '-69.00' },
] as const;

test('each amount stands on its side, by class', () => {
  const [first, second] = balanceClasses({ rows, earlier: [] });
  expect(first?.digit).toBe('1');
  expect(first?.rows.map((row) => row.number)).toEqual(['1400', '1776']);
  expect(first?.rows[1]?.opening).toEqual({ debit: 0n, credit: 5000n });
  expect(first?.sum.balance).toEqual({ debit: 16900n, credit: 6900n });
  expect(second?.rows[0]?.balance).toEqual({ debit: 0n, credit: 10000n });
});

test('a month is what the year moved since the month before', () => {
  const earlier = [{ account: { number: '8400' }, debit: '10.00', credit: '60.00' }];
  const row = balanceClasses({ rows, earlier })[1]?.rows[0];
  expect(row?.month).toEqual({ debit: 0n, credit: 5000n });
  expect(row?.year).toEqual({ debit: 1000n, credit: 11000n });
});

test('debit equals credit in every pair of the sum', () => {
  const sum = sumOf(balanceClasses({ rows, earlier: [] }).flatMap((each) => each.rows));
  for (const pair of [sum.opening, sum.year, sum.balance]) expect(pair.debit).toBe(pair.credit);
});

test('zero is left out', () => {
  expect(shown(0n, String)).toBe('');
  expect(shown(1234n, String)).toBe('12.34');
});

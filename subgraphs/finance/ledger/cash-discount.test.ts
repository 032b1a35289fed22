import { amountOf, cents } from '@valeo/money/money.ts';
import { expect, test } from 'vitest';
import { cashDiscountLines } from './cash-discount.ts';

const lines = (groups: [taxCode: string, rate: string, gross: string][], discount: string, side: 'debit' | 'credit') =>
  cashDiscountLines(
    groups.map(([taxCode, rate, gross]) => ({ taxCode, rate, gross: cents(gross) })),
    cents(discount),
    side,
  ).map((line) => [Object.entries(line.to)[0]?.join(' '), line.side, amountOf(line.amount)]);

test('a discount is split over the VAT groups of the document, each at the rate that it charges (rules 5, 15)', () => {
  expect(
    lines(
      [
        ['U19', '16', '116.00'],
        ['U7', '5', '105.00'],
      ],
      '4.42',
      'debit',
    ),
  ).toEqual([
    ['discountOf U19', 'debit', '2.00'],
    ['taxOf U19', 'debit', '0.32'],
    ['discountOf U7', 'debit', '2.00'],
    ['taxOf U7', 'debit', '0.10'],
  ]);
});

test('where the buyer owes the tax, the discount reduces what he deducts and what he owes', () => {
  expect(lines([['IGE19', '19', '100.00']], '2.00', 'credit')).toEqual([
    ['discountOf IGE19', 'credit', '2.00'],
    ['taxOf IGE19', 'credit', '0.38'],
    ['owedOf IGE19', 'debit', '0.38'],
  ]);
});

test('a discount without tax is one line, and import VAT takes no part', () => {
  expect(lines([['IGL', '0', '100.00']], '2.00', 'debit')).toEqual([['discountOf IGL', 'debit', '2.00']]);
  expect(
    lines(
      [
        ['V19', '19', '119.00'],
        ['EUST19', '19', '50.00'],
      ],
      '2.38',
      'credit',
    ),
  ).toEqual([
    ['discountOf V19', 'credit', '2.00'],
    ['taxOf V19', 'credit', '0.38'],
  ]);
  expect(lines([['EUST19', '19', '50.00']], '1.00', 'credit')).toEqual([['discountOf EUST19', 'credit', '1.00']]);
});

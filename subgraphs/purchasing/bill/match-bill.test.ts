import { describe, expect, test } from 'vitest';
import { matchBill, type OrderedLine } from './match-bill.ts';

const ordered: OrderedLine = { position: 1, unitPrice: '100.00', received: '12', rejected: '2', billed: '4' };
const compare = (line: { quantity?: string; unitPrice?: string; orderLine?: number | null }) =>
  matchBill([{ quantity: '6', unitPrice: '100.00', orderLine: 1, ...line }], [ordered], 60000n, null);

test('what was ordered, came, was kept and is not billed yet makes no difference', () => {
  expect(compare({})).toEqual([]);
});

test.each([
  ['102.00', true],
  ['102.0001', false],
  ['99.00', true],
])('a price of %s where 100 was agreed is tolerated: %s', (unitPrice, tolerated) => {
  expect(compare({ unitPrice })).toMatchObject([{ kind: 'PRICE', line: 1, expected: '100', tolerated }]);
});

test.each([
  ['5', true],
  ['6.0001', false],
])('a quantity of %s where 6 are left to be billed is tolerated: %s', (quantity, tolerated) => {
  expect(compare({ quantity })).toMatchObject([{ kind: 'QUANTITY', expected: '6', tolerated }]);
});

test('what the order does not have is never tolerated', () => {
  expect(compare({ orderLine: null })).toMatchObject([{ kind: 'NOT_ORDERED', line: 1, tolerated: false }]);
});

describe('the total that stands on the bill', () => {
  test.each([
    ['100.05', true],
    ['99.95', true],
    ['100.06', false],
    ['99.94', false],
  ])('of %s where the lines give 100.00 is tolerated: %s', (stated, tolerated) => {
    expect(matchBill([], null, 10000n, stated)).toEqual([
      { kind: 'TOTAL', line: null, expected: '100.00', found: stated, tolerated },
    ]);
  });
  test('is no difference when it is the same or not given', () => {
    expect(matchBill([], null, 10000n, '100.00')).toEqual([]);
    expect(matchBill([], null, 10000n, null)).toEqual([]);
  });
});

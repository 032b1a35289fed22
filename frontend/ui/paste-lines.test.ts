import { expect, test } from 'vitest';
import { overLines, pastedRows } from './paste-lines.ts';

const fields = ['sku', 'quantity', 'unitPrice', 'taxCode'] as const;
const rows = (text: string, from: (typeof fields)[number] = 'sku', locale: 'de' | 'en' = 'de') =>
  pastedRows(text, fields, from, ['quantity', 'unitPrice'], locale).rows;

test('rows are read from the field of the cursor on, without empty ones and without what is beyond the last field', () => {
  expect(rows('10002\t3\t7,50\tU19\tremark\r\n\t\t\r\n10003\t1\r\n')).toEqual([
    { sku: '10002', quantity: '3', unitPrice: '7.50', taxCode: 'U19' },
    { sku: '10003', quantity: '1' },
  ]);
  expect(rows('3\n4', 'quantity')).toEqual([{ quantity: '3' }, { quantity: '4' }]);
});

test('a head is left out, but a row whose number cannot be read is not', () => {
  expect(rows('Artikel\tMenge\n10002\t3')).toEqual([{ sku: '10002', quantity: '3' }]);
  expect(rows('10001\t?\n10002\t3')).toHaveLength(2);
  expect(rows('10001\t3x\n10002\t3')).toEqual([
    { sku: '10001', quantity: '3x' },
    { sku: '10002', quantity: '3' },
  ]);
  expect(rows('10001\tdrei')).toEqual([{ sku: '10001', quantity: 'drei' }]);
});

test.each(['de', 'en'] as const)('numbers are read as the rows together are written: %s', (locale) => {
  const prices = (text: string) => rows(text, 'quantity', locale).map(({ unitPrice }) => unitPrice);
  expect(prices('1\t1.234\n1\t12,50')).toEqual(['1234', '12.50']);
  expect(prices('1\t1,234\n1\t12.50')).toEqual(['1234', '12.50']);
  expect(prices('1\t1.234,50 €\n1\t1.000')).toEqual(['1234.50', '1000']);
});

test('rows that are too many are counted', () => {
  const text = Array.from({ length: 503 }, (_, at) => `${at}\t1`).join('\n');
  const read = pastedRows(text, fields, 'sku', ['quantity'], 'de');
  expect([read.rows.length, read.left]).toEqual([500, 3]);
});

test('rows lie over the lines from one place on, and those beyond the end are added', () => {
  expect(
    overLines(
      ['a', 'b'],
      1,
      2,
      () => '-',
      (row, over) => `${over}${row}`,
    ),
  ).toEqual(['a', 'b0', '-1']);
  expect(
    overLines(
      ['a', 'b', 'c'],
      0,
      2,
      () => '-',
      (row, over) => `${over}${row}`,
    ),
  ).toEqual(['a0', 'b1', 'c']);
});

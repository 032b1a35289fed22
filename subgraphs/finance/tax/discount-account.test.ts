import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { discountAccount, TAX_CODES } from './tax-codes.ts';

describe.each(['SKR03', 'SKR04'] as const)('cash discounts in %s', (chart) => {
  const file = join(import.meta.dirname, '..', 'data', `${chart.toLowerCase()}.csv`);
  const rows = parse(readFileSync(file), { columns: true }) as { number: string }[];
  const numbers = new Set(rows.map(({ number }) => number));

  test('stand on an account of the chart, whatever the VAT code', () => {
    const missing = [...TAX_CODES.keys()].filter((code) => !numbers.has(discountAccount(code, chart) ?? ''));
    expect(missing).toEqual([]);
  });
});

test.each([
  ['U19', '8736', '4736'],
  ['AUS', '8730', '4730'],
  ['V19', '3736', '5736'],
  ['IGE19', '3748', '5730'],
  ['V0', '3730', '5730'],
])('a discount on %s stands on %s or %s (rule 15)', (code, skr03, skr04) => {
  expect([discountAccount(code, 'SKR03'), discountAccount(code, 'SKR04')]).toEqual([skr03, skr04]);
});

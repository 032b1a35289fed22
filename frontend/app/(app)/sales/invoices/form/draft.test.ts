import { describe, expect, test } from 'vitest';
import { draftTotals, emptyLine } from './draft.ts';

const rates = new Map([
  ['U19', '19'],
  ['U7', '7'],
]);
const line = (quantity: string, unitPrice: string, taxCode = 'U19') => ({
  ...emptyLine(),
  articleId: 'a1',
  sku: '22947',
  quantity,
  unitPrice,
  taxCode,
});
describe('totals', () => {
  test('each line is rounded to cents, VAT is computed once per rate on their sum', () => {
    const totals = draftTotals([line('3', '0,335'), line('1', '0,335'), line('2', '1,00', 'U7')], rates, 'de');
    expect(totals.lineNets).toEqual(['1.01', '0.34', '2.00']);
    expect(totals.net).toBe('3.35');
    expect(totals.groups.map((group) => [group.taxCode, group.tax])).toEqual([
      ['U19', '0.26'],
      ['U7', '0.14'],
    ]);
    expect(totals.gross).toBe('3.75');
  });

  test('a line that is being typed counts nothing and breaks nothing', () => {
    const totals = draftTotals([line('6', '16,95'), line('x', '1'), emptyLine()], rates, 'de');
    expect(totals.lineNets).toEqual(['101.70', '', '']);
    expect(totals.gross).toBe('121.02');
  });
});

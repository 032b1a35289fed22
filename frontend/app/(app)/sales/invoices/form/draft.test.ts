import { describe, expect, test } from 'vitest';
import { type Draft, draftInput, draftTotals, emptyLine } from './draft.ts';

const words = { required: 'required', notANumber: 'number', positive: 'positive', noLines: 'lines' };
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
const draft: Draft = {
  customer: { id: 'c1', name: 'Kunde', detail: '' },
  suppliedOn: '2011-12-09',
  issuedOn: '',
  paymentTermDays: '30',
  reference: '',
  note: '',
  lines: [line('6', '16,95'), emptyLine()],
};

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

describe('input', () => {
  test('has plain numbers and leaves the empty last line out', () => {
    const { input, faults } = draftInput(draft, 'de', words);
    expect(faults).toEqual({});
    expect(input.lines).toEqual([{ articleId: 'a1', quantity: '6', unitPrice: '16.95', taxCode: 'U19' }]);
    expect([input.issuedOn, input.paymentTermDays]).toEqual([null, 30]);
  });

  test('names every fault at once, by path', () => {
    const { faults } = draftInput(
      {
        ...draft,
        customer: null,
        paymentTermDays: 'x',
        lines: [line('0', ''), { ...line('-1', '1'), articleId: null }],
      },
      'de',
      words,
    );
    expect(faults).toEqual({
      customerId: 'required',
      paymentTermDays: 'number',
      'lines.0.quantity': 'positive',
      'lines.0.unitPrice': 'required',
      'lines.1.articleId': 'required',
      'lines.1.quantity': 'positive',
    });
  });

  test('a document needs a line', () => {
    expect(draftInput({ ...draft, lines: [emptyLine()] }, 'de', words).faults).toEqual({ lines: 'lines' });
  });
});

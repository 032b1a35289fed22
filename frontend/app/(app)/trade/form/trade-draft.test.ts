import { describe, expect, test } from 'vitest';
import { emptyLine } from '../../sales/invoices/form/draft.ts';
import { tradeKinds } from './kinds.ts';
import { emptyDraft, tradeInput } from './trade-draft.ts';

const words = { required: 'required', notANumber: 'number', positive: 'positive', noLines: 'lines' };
const line = (quantity: string, unitPrice: string) => ({
  ...emptyLine(),
  articleId: 'a1',
  sku: '22947',
  quantity,
  unitPrice,
  taxCode: 'U19',
});
const draft = emptyDraft({
  partner: { id: 'c1', name: 'Kunde', detail: '' },
  suppliedOn: '2011-12-09',
  paymentTermDays: '30',
  reference: ' B-7 ',
  lines: [line('6', '16,95'), emptyLine()],
});

describe('input', () => {
  test('has plain numbers and leaves the empty last line out', () => {
    const { input, faults } = tradeInput(tradeKinds.salesInvoice, draft, 'de', words);
    expect(faults).toEqual({});
    expect(input.lines).toEqual([{ articleId: 'a1', quantity: '6', unitPrice: '16.95', taxCode: 'U19' }]);
    expect(input).toMatchObject({ customerId: 'c1', issuedOn: null, paymentTermDays: 30, reference: 'B-7' });
  });

  test('keeps what a stored line says besides, and lines of a bill that are no article', () => {
    const stored = { description: 'Nach Muster 4', orderLine: 2, deliveryId: 'd1' };
    const { input } = tradeInput(
      tradeKinds.salesInvoice,
      { ...draft, lines: [{ ...line('6', '16,95'), ...stored }] },
      'de',
      words,
    );
    expect(input.lines).toEqual([{ articleId: 'a1', quantity: '6', unitPrice: '16.95', taxCode: 'U19', ...stored }]);
    const freight = { ...emptyLine(), description: 'Fracht', quantity: '1', unitPrice: '50,00', account: '3800' };
    const bill = tradeInput(
      tradeKinds.supplierInvoice,
      { ...draft, supplierNumber: 'R-1', issuedOn: '2024-05-02', lines: [freight] },
      'de',
      words,
    );
    expect(bill.faults).toEqual({});
    expect(bill.input.lines).toEqual([{ description: 'Fracht', quantity: '1', unitPrice: '50.00', account: '3800' }]);
  });

  test('names every fault at once, by path', () => {
    const { faults } = tradeInput(
      tradeKinds.salesInvoice,
      {
        ...draft,
        partner: null,
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
    expect(tradeInput(tradeKinds.salesInvoice, { ...draft, lines: [emptyLine()] }, 'de', words).faults).toEqual({
      lines: 'lines',
    });
  });
});

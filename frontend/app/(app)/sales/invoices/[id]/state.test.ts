import { expect, test } from 'vitest';
import { daysOverdue, invoiceState } from './state.ts';

const invoice = { kind: 'INVOICE', status: 'POSTED', paymentStatus: 'OPEN', dueOn: '2011-11-14' } as const;

test('a document has one state, and being cancelled or a draft comes first', () => {
  expect(invoiceState({ ...invoice, status: 'DRAFT' }).name).toBe('draft');
  expect(invoiceState({ ...invoice, status: 'CANCELLED', paymentStatus: 'PAID' }).name).toBe('void');
  expect(invoiceState({ ...invoice, kind: 'CREDIT_NOTE' }).name).toBe('credit');
  expect(invoiceState({ ...invoice, paymentStatus: 'PARTIAL' }).name).toBe('part');
  expect(invoiceState({ ...invoice, paymentStatus: 'PAID' }).name).toBe('paid');
  expect(invoiceState(invoice).name).toBe('open');
});

test('only an unpaid invoice can be late', () => {
  expect(daysOverdue(invoice, '2011-11-24')).toBe(10);
  expect(daysOverdue(invoice, '2011-11-14')).toBe(0);
  expect(daysOverdue({ ...invoice, paymentStatus: 'PAID' }, '2011-11-24')).toBe(0);
  expect(daysOverdue({ ...invoice, status: 'CANCELLED' }, '2011-11-24')).toBe(0);
  expect(daysOverdue({ ...invoice, kind: 'CREDIT_NOTE' }, '2011-11-24')).toBe(0);
});

import { expect, test } from 'vitest';
import { cancelling, daysOverdue } from './state.ts';

const entry = { id: 'e1' };

test('cancelling a bill undoes its entry, and tells of money that was paid for it', () => {
  const bill = (journalEntry: object | null, open: string) =>
    cancelling({ journalEntry, gross: { amount: '119.00' }, openAmount: { amount: open } });
  expect(bill(null, '119.00')).toBe('unposted');
  expect(bill(entry, '119.00')).toBe('posted');
  expect(bill(entry, '19.00')).toBe('paid');
  expect(bill(entry, '0.00')).toBe('paid');
});

test('a bill is late once it is posted, its day is past and it is not paid', () => {
  const late = (
    status: 'CHECKED' | 'POSTED' | 'PAID',
    dueOn = '2024-05-10',
    kind: 'INVOICE' | 'CREDIT_NOTE' = 'INVOICE',
  ) => daysOverdue({ kind, status, dueOn }, '2024-05-13');
  expect(late('POSTED')).toBe(3);
  expect(late('POSTED', '2024-05-13')).toBe(0);
  expect(late('PAID')).toBe(0);
  expect(late('CHECKED')).toBe(0);
  expect(late('POSTED', '2024-05-10', 'CREDIT_NOTE')).toBe(0);
});

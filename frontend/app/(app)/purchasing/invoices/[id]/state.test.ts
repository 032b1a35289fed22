import { expect, test } from 'vitest';
import { cancelling } from './state.ts';

const entry = { id: 'e1' };

test('cancelling a bill undoes its entry, and tells of money that was paid for it', () => {
  const bill = (journalEntry: object | null, open: string) =>
    cancelling({ journalEntry, gross: { amount: '119.00' }, openAmount: { amount: open } });
  expect(bill(null, '119.00')).toBe('unposted');
  expect(bill(entry, '119.00')).toBe('posted');
  expect(bill(entry, '19.00')).toBe('paid');
  expect(bill(entry, '0.00')).toBe('paid');
});

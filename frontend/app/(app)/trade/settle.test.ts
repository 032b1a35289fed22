import { expect, test } from 'vitest';
import { claimOf, settlement } from './settle.ts';

const item = (id: string, amount: string, kind: 'RECEIVABLE' | 'PAYABLE' = 'RECEIVABLE') => ({
  id,
  kind,
  openAmount: { amount },
});

test('an invoice is settled by credits up to what is open, in the order of the choice', () => {
  const invoice = item('i', '100.00');
  expect(settlement(invoice, [item('a', '-60.00'), item('b', '-50.00')])).toEqual({
    total: '100.00',
    items: [
      { openItemId: 'i', amount: '100.00' },
      { openItemId: 'a', amount: '-60.00' },
      { openItemId: 'b', amount: '-40.00' },
    ],
  });
  expect(settlement(invoice, [item('a', '-60.00')]).items[0]).toEqual({ openItemId: 'i', amount: '60.00' });
  expect(settlement(invoice, [])).toEqual({ total: '0.00', items: [] });
});

test('a credit takes from a claim, and a debt to the same partner counts against claims', () => {
  expect(settlement(item('c', '-30.00'), [item('i', '119.00')]).items).toEqual([
    { openItemId: 'c', amount: '-30.00' },
    { openItemId: 'i', amount: '30.00' },
  ]);
  expect(claimOf(item('d', '30.00', 'PAYABLE'))).toBe(-3000n);
  expect(settlement(item('i', '20.00'), [item('d', '30.00', 'PAYABLE')]).items[1]).toEqual({
    openItemId: 'd',
    amount: '20.00',
  });
});

import { expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { sql, draft, posted, pay } = await invoicing();

test('payments reduce what is open, in the invoice and in the open item', async () => {
  const { id, number } = await posted();
  expect((await pay(id, '10.00')).salesInvoice).toMatchObject({
    paymentStatus: 'PARTIAL',
    openAmount: { amount: '29.63' },
  });
  expect((await pay(id, '30.00')).error).toMatchObject({ code: 'AMOUNT_EXCEEDS_OPEN', fields: [{ path: 'amount' }] });
  expect((await pay(id, '29.63')).salesInvoice).toMatchObject({
    paymentStatus: 'PAID',
    openAmount: { amount: '0.00' },
  });
  const [item] = await sql<{ status: string; open_amount: string }>(
    'SELECT status, open_amount FROM finance.open_item WHERE reference = $1',
    [number],
  );
  expect(item).toEqual({ status: 'CLEARED', open_amount: '0.00' });
});

test.each([
  ['9999', 'UNKNOWN_ACCOUNT'],
  ['1400', 'CONTROL_ACCOUNT'],
])('a payment on account %s is refused with %s', async (account, code) => {
  expect((await pay((await posted()).id, '1.00', { account })).error).toMatchObject({
    code,
    fields: [{ path: 'account' }],
  });
});

test('a draft takes no payment', async () => {
  expect((await pay((await draft()).id, '1.00')).error.code).toBe('NOT_POSTED');
});

import { today } from '@valeo/kit/day.ts';
import { expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { one, ask, sql, mutate, entryOf, draft, posted, pay, bank, frenchCustomer, heart, postage } = await invoicing();

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

/** Finance settles the item as when a bank transaction is matched; the invoice's copy of what is open does not know yet. */
const settledByBank = async (invoice: { id: string; number: string }, amount: string): Promise<string> => {
  const { openItems } = await ask(
    one,
    'query ($reference: String) { openItems(filter: { reference: { eq: $reference } }) { edges { node { id } } } }',
    { reference: invoice.number },
  );
  const { bankTransaction } = await bank(
    'createBankTransaction',
    { bankAccount: 'DE1', bookedOn: '2011-12-15', amount },
    'bankTransaction { id }',
  );
  const openItemId = openItems.edges[0].node.id;
  await bank('matchBankTransaction', { id: bankTransaction.id, openItemId }, 'error { code }');
  return bankTransaction.id;
};

test('what the bank has settled already cannot be paid again, though the invoice does not show it yet', async () => {
  const invoice = await posted();
  await settledByBank(invoice, '30.00');
  expect((await pay(invoice.id, '10.00')).error).toMatchObject({ code: 'AMOUNT_EXCEEDS_OPEN' });
  expect((await pay(invoice.id, '9.63')).salesInvoice).toMatchObject({
    paymentStatus: 'PAID',
    openAmount: { amount: '0.00' },
  });
});

test('a Storno leaves what the bank has settled as a credit, though the invoice does not show it yet', async () => {
  const invoice = await posted();
  await settledByBank(invoice, '30.00');
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id: invoice.id, reason: 'returned' },
    one,
    'cancellation { openAmount { amount } }',
  );
  expect(cancellation.openAmount.amount).toBe('30.00');
});

test('a payment taken back after the Storno leaves neither claim nor credit (rules 38, 54)', async () => {
  const invoice = await posted();
  const id = await settledByBank(invoice, '39.63');
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id: invoice.id, reason: 'returned' },
    one,
    'cancellation { number openAmount { amount } }',
  );
  expect(cancellation.openAmount.amount).toBe('39.63');
  await bank('unmatchBankTransaction', { id, postedOn: today(), reason: 'Wrong invoice' }, 'error { code }');
  expect(
    await sql('SELECT status, open_amount FROM finance.open_item WHERE reference = ANY($1)', [
      [invoice.number, cancellation.number],
    ]),
  ).toEqual([
    { status: 'CLEARED', open_amount: '0.00' },
    { status: 'CLEARED', open_amount: '0.00' },
  ]);
});

test('money does not come to the account of the customer who pays, but may stay with another partner (rules 47, 54)', async () => {
  const accountOf = async (entryId: string) => (await entryOf(entryId)).lines[0].account.number;
  const invoice = await posted();
  const own = await accountOf(invoice.journalEntry.id);
  expect((await pay(invoice.id, '10.00', { account: own })).error).toEqual({
    code: 'CONTROL_ACCOUNT',
    message: `The account ${own} is the one with the items that are paid. Please name the account of the bank or the cash.`,
    fields: [expect.objectContaining({ path: 'account', code: 'CONTROL_ACCOUNT' })],
  });
  const other = await posted({ customerId: frenchCustomer, lines: [{ articleId: postage, quantity: '1' }] });
  const factor = await accountOf(other.journalEntry.id);
  expect((await pay(invoice.id, '10.00', { account: factor })).error).toBeNull();
  const [sums] = await sql(
    `SELECT (SELECT sum(open_amount) FROM finance.open_item WHERE account = $1) = (SELECT sum(debit - credit) FROM finance.account_day
       WHERE account = $1 AND personal) AS agree`,
    [factor],
  );
  expect(sums).toEqual({ agree: true });
});

test('a cash discount settles the rest and reduces revenue and VAT at the rate of the invoice (rules 15, 68)', async () => {
  const invoice = await posted({
    suppliedOn: '2020-12-30',
    issuedOn: '2020-12-30',
    lines: [{ articleId: postage, quantity: '10' }],
  });
  expect(invoice.gross.amount).toBe('208.80');
  const paid = { receivedOn: '2021-01-08', discount: '4.18' };
  expect((await pay(invoice.id, '204.63', paid)).error).toMatchObject({
    code: 'AMOUNT_EXCEEDS_OPEN',
    fields: [{ path: 'discount' }],
  });
  expect((await pay(invoice.id, '204.62', paid)).salesInvoice).toMatchObject({
    paymentStatus: 'PAID',
    openAmount: { amount: '0.00' },
  });
  const { salesInvoice } = await ask(
    one,
    'query ($id: ID!) { salesInvoice(id: $id) { payments { amount { amount } discount { amount } journalEntry { id } } } }',
    { id: invoice.id },
  );
  const [payment] = salesInvoice.payments;
  expect(payment).toMatchObject({ amount: { amount: '204.62' }, discount: { amount: '4.18' } });
  expect((await entryOf(payment.journalEntry.id)).lines).toMatchObject([
    { account: { number: '1200' }, debit: { amount: '204.62' } },
    { account: { number: '8736' }, debit: { amount: '3.60' } },
    { account: { number: '1776' }, debit: { amount: '0.58' } },
    { account: { kind: 'DEBTOR' }, credit: { amount: '208.80' } },
  ]);
  const [item] = await sql<{ status: string }>('SELECT status FROM finance.open_item WHERE reference = $1', [
    invoice.number,
  ]);
  expect(item).toEqual({ status: 'CLEARED' });
});

test('a discount on a supply within the EU reduces what is reported of it, without any tax', async () => {
  const lines = [{ articleId: heart, quantity: '10', unitPrice: '10.00', taxCode: 'IGL' }];
  const invoice = await posted({ customerId: frenchCustomer, lines });
  await pay(invoice.id, '98.00', { discount: '2.00' });
  const [line] = await sql<{ account: string; tax_code: string; debit: string }>(
    `SELECT account, tax_code, debit FROM finance.journal_line WHERE account = '8743'`,
  );
  expect(line).toMatchObject({ tax_code: 'IGL', debit: '2.00' });
});

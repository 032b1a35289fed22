import { newId } from '@valeo/kit/ids.ts';
import { withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { afterEach, expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { one, two, ask, answer, sql, bank, mutate, entryOf, frenchCustomer, posted, pay, postage } = await invoicing();

interface Payment {
  readonly id: string;
  readonly cancelledOn: string | null;
  readonly cancelReason: string | null;
  readonly journalEntry: { readonly id: string };
  readonly cancelEntry: { readonly id: string } | null;
}

const invoiceOf = async (id: string) =>
  (
    await ask(
      one,
      `query ($id: ID!) { salesInvoice(id: $id) { updatedAt payments { id amount { amount } discount { amount } cancelledOn cancelReason
         journalEntry { id } cancelEntry { id } } } }`,
      { id },
    )
  ).salesInvoice as { updatedAt: string; payments: Payment[] };
const lastPayment = async (id: string) => (await invoiceOf(id)).payments.at(-1) as Payment;
const takeBack = (id: string, more: object = {}, caller = one) =>
  mutate('cancelPayment', { id, reason: 'Wrong invoice', ...more }, caller);
const cancelInvoice = (id: string) =>
  mutate('cancelSalesInvoice', { id, reason: 'returned' }, one, 'cancellation { number openAmount { amount } }');
const itemsOf = (reference: string) =>
  sql('SELECT status, open_amount FROM finance.open_item WHERE reference = $1', [reference]);
const period = (fiscalYear: number, month: number, state: string) =>
  bank('setPeriodState', { fiscalYear, month, state }, 'error { code }');

// Whatever a test does: each personal account is the sum of its items, and the control account the sum of them (rule 47).
afterEach(async () => {
  expect(
    await sql(
      `SELECT a.account FROM (SELECT account, sum(debit - credit) AS balance FROM finance.account_day WHERE personal GROUP BY 1) a
       LEFT JOIN (SELECT account, sum(open_amount) AS open FROM finance.open_item GROUP BY 1) i USING (account)
       WHERE a.balance <> coalesce(i.open, 0)`,
    ),
  ).toEqual([]);
  const [sums] = await sql(
    `SELECT (SELECT sum(debit - credit) FROM finance.account_day WHERE personal) = (SELECT sum(debit - credit) FROM finance.account_day
       WHERE account = '1400') AS agree`,
  );
  expect(sums).toEqual({ agree: true });
});

test('a payment taken back is reversed by an entry of its own, the invoice is open again, and both stay to be seen', async () => {
  const invoice = await posted();
  await pay(invoice.id, '39.63');
  const payment = await lastPayment(invoice.id);
  const before = await invoiceOf(invoice.id);
  const { salesInvoice } = await takeBack(payment.id, { postedOn: '2011-12-22' });
  expect(salesInvoice).toMatchObject({ status: 'POSTED', paymentStatus: 'OPEN', openAmount: { amount: '39.63' } });
  const after = await invoiceOf(invoice.id);
  expect(after.updatedAt > before.updatedAt).toBe(true);
  expect(after.payments).toMatchObject([
    { amount: { amount: '39.63' }, cancelledOn: '2011-12-22', cancelReason: 'Wrong invoice' },
  ]);
  const reversal = await entryOf(after.payments[0]?.cancelEntry?.id ?? '');
  expect(reversal).toMatchObject({
    postedOn: '2011-12-22',
    text: `Storno Zahlung ${invoice.number}: Wrong invoice`,
    reverses: { id: payment.journalEntry.id },
    lines: [
      { account: { number: '1200' }, credit: { amount: '39.63' } },
      { account: { kind: 'DEBTOR' }, debit: { amount: '39.63' } },
    ],
  });
  expect(await itemsOf(invoice.number)).toEqual([{ status: 'OPEN', open_amount: '39.63' }]);
});

test('the cash discount goes back with it: revenue, VAT and what is open are as they were (rules 15, 38)', async () => {
  const invoice = await posted({
    suppliedOn: '2020-12-30',
    issuedOn: '2020-12-30',
    lines: [{ articleId: postage, quantity: '10' }],
  });
  await pay(invoice.id, '204.62', { receivedOn: '2021-01-08', discount: '4.18' });
  const payment = await lastPayment(invoice.id);
  const { salesInvoice } = await takeBack(payment.id, { postedOn: '2021-01-08' });
  expect(salesInvoice).toMatchObject({ paymentStatus: 'OPEN', openAmount: { amount: '208.80' } });
  expect(
    await sql(
      `SELECT l.account, sum(l.debit - l.credit) AS rest, count(DISTINCT l.tax_code)::int AS codes FROM finance.journal_line l
       WHERE l.entry_id = ANY($1) AND l.account IN ('1200', '8736', '1776') GROUP BY 1 ORDER BY 1`,
      [[payment.journalEntry.id, (await lastPayment(invoice.id)).cancelEntry?.id]],
    ),
  ).toEqual([
    { account: '1200', rest: '0.00', codes: 0 },
    { account: '1776', rest: '0.00', codes: 1 },
    { account: '8736', rest: '0.00', codes: 1 },
  ]);
});

test('of several payments only the one is taken back, and the invoice can be paid again', async () => {
  const invoice = await posted();
  await pay(invoice.id, '10.00');
  const first = await lastPayment(invoice.id);
  await pay(invoice.id, '29.63');
  expect((await takeBack(first.id)).salesInvoice).toMatchObject({
    paymentStatus: 'PARTIAL',
    openAmount: { amount: '10.00' },
  });
  expect(await itemsOf(invoice.number)).toEqual([{ status: 'PARTIAL', open_amount: '10.00' }]);
  expect((await pay(invoice.id, '10.01')).error.code).toBe('AMOUNT_EXCEEDS_OPEN');
  expect((await pay(invoice.id, '9.00', { discount: '1.00' })).salesInvoice).toMatchObject({ paymentStatus: 'PAID' });
  expect((await invoiceOf(invoice.id)).payments.map(({ cancelledOn }) => cancelledOn !== null)).toEqual([
    true,
    false,
    false,
  ]);
});

test('it is taken back once, also by two at the same time', async () => {
  const invoice = await posted();
  await pay(invoice.id, '39.63');
  const { id } = await lastPayment(invoice.id);
  const answers = await Promise.all([takeBack(id), takeBack(id), takeBack(id)]);
  expect(answers.map(({ error }) => error?.code ?? 'OK').sort()).toEqual([
    'ALREADY_REVERSED',
    'ALREADY_REVERSED',
    'OK',
  ]);
  expect((await takeBack(id)).error.message).toBe('This payment has been taken back already.');
  expect(await itemsOf(invoice.number)).toEqual([{ status: 'OPEN', open_amount: '39.63' }]);
});

test('the same call with the same key answers the same and reverses nothing twice', async () => {
  const invoice = await posted();
  await pay(invoice.id, '5.00');
  const { id } = await lastPayment(invoice.id);
  const key = { idempotencyKey: newId() };
  for (const call of [await takeBack(id, key), await takeBack(id, key)])
    expect(call.salesInvoice).toMatchObject({ openAmount: { amount: '39.63' } });
});

test('it needs an open period, no day before the payment, and a reason', async () => {
  const invoice = await posted({ suppliedOn: '2013-03-04', issuedOn: '2013-03-04' });
  await pay(invoice.id, '10.00', { receivedOn: '2013-03-20' });
  const { id } = await lastPayment(invoice.id);
  await period(2013, 3, 'LOCKED');
  expect((await takeBack(id, { postedOn: '2013-03-25' })).error).toMatchObject({
    code: 'PERIOD_CLOSED',
    fields: [{ path: 'postedOn' }],
  });
  expect((await takeBack(id, { postedOn: '2013-03-19' })).error).toMatchObject({
    code: 'DATE_OUT_OF_RANGE',
    fields: [{ path: 'postedOn' }],
  });
  expect((await takeBack(id, { reason: ' ' })).error.code).toBe('INVALID_INPUT');
  expect((await invoiceOf(invoice.id)).payments).toMatchObject([{ cancelledOn: null, cancelEntry: null }]);
  expect((await takeBack(id, { postedOn: '2013-04-02' })).error).toBeNull();
});

test('a payment that is dated ahead is taken back on its own day', async () => {
  const invoice = await posted();
  await pay(invoice.id, '10.00', { receivedOn: '2090-05-02' });
  const { id } = await lastPayment(invoice.id);
  expect((await takeBack(id)).error).toBeNull();
  expect((await lastPayment(invoice.id)).cancelledOn).toBe('2090-05-02');
});

test('a Storno afterwards leaves nothing open, and what was paid for a cancelled invoice stays as its credit', async () => {
  const wrong = await posted();
  await pay(wrong.id, '39.63');
  await takeBack((await lastPayment(wrong.id)).id);
  expect((await cancelInvoice(wrong.id)).cancellation.openAmount.amount).toBe('0.00');
  expect(await itemsOf(wrong.number)).toEqual([{ status: 'CLEARED', open_amount: '0.00' }]);

  const paid = await posted();
  await pay(paid.id, '39.63');
  const { cancellation } = await cancelInvoice(paid.id);
  const { error } = await takeBack((await lastPayment(paid.id)).id);
  expect(error).toMatchObject({ code: 'ALREADY_CANCELLED', message: expect.stringContaining(paid.number) });
  expect(await itemsOf(cancellation.number)).toEqual([{ status: 'OPEN', open_amount: '-39.63' }]);
});

test('money paid back for a credit note is taken back likewise', async () => {
  const note = await posted({ kind: 'CREDIT_NOTE', lines: [{ articleId: postage, quantity: '1' }] });
  await pay(note.id, '21.42');
  const { salesInvoice } = await takeBack((await lastPayment(note.id)).id);
  expect(salesInvoice).toMatchObject({ paymentStatus: 'OPEN', openAmount: { amount: '21.42' } });
  expect(await itemsOf(note.number)).toEqual([{ status: 'OPEN', open_amount: '-21.42' }]);
});

test('a payment from the account of another customer goes back, unless its credit has been used', async () => {
  const invoice = await posted();
  const others = await posted({ customerId: frenchCustomer, lines: [{ articleId: postage, quantity: '1' }] });
  const account = (await entryOf(others.journalEntry.id)).lines[0].account.number;
  await pay(invoice.id, '10.00', { account });
  const { id, journalEntry: entry } = await lastPayment(invoice.id);
  const { openItems } = await ask(
    one,
    'query { openItems(filter: { openAmount: { eq: "10.00" } }) { edges { node { id source } } } }',
  );
  const item = openItems.edges.find((edge: { node: { source: string } }) => edge.node.source.endsWith(entry.id));
  const { bankTransaction } = await bank(
    'createBankTransaction',
    { bankAccount: 'DE1', bookedOn: '2011-12-21', amount: '10.00' },
    'bankTransaction { id }',
  );
  await bank('matchBankTransaction', { id: bankTransaction.id, openItemId: item.node.id }, 'error { code }');
  expect((await takeBack(id)).error.code).toBe('CREDIT_USED');
  const unmatch = { id: bankTransaction.id, postedOn: '2011-12-21', reason: 'x' };
  await bank('unmatchBankTransaction', unmatch, 'error { code }');
  expect((await takeBack(id)).salesInvoice).toMatchObject({ openAmount: { amount: '39.63' } });
});

test('nobody takes back the payment of another company, or without the right to post', async () => {
  const invoice = await posted();
  await pay(invoice.id, '10.00');
  const { id } = await lastPayment(invoice.id);
  expect((await takeBack(id, {}, two)).error.code).toBe('NOT_FOUND');
  expect((await takeBack(newId())).error.code).toBe('NOT_FOUND');
  const wanted = 'mutation ($input: CancelPaymentInput!) { cancelPayment(input: $input) { error { code } } }';
  const refused = await answer(withPermissions(one, 'sales:read', 'sales:write'), wanted, {
    input: { id, reason: 'x' },
  });
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('the database keeps what was taken back', async () => {
  await expect(sql(`UPDATE sales.payment_cancellation SET reason = 'other'`)).rejects.toThrow();
  await expect(sql('DELETE FROM sales.payment_cancellation')).rejects.toThrow();
});

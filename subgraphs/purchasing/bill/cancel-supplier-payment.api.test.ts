import { newId } from '@valeo/kit/ids.ts';
import { withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { afterEach, expect, test } from 'vitest';
import { buying } from '../testing/buying.ts';

const { one, two, ask, answer, sql, mutate, run, entryOf, booked, french, bolt } = await buying();

interface Payment {
  readonly id: string;
  readonly cancelledOn: string | null;
  readonly journalEntry: { readonly id: string };
  readonly cancelEntry: { readonly id: string } | null;
}

const billOf = async (id: string) =>
  (
    await ask(
      one,
      `query ($id: ID!) { supplierInvoice(id: $id) { updatedAt payments { id amount { amount } cancelledOn cancelReason journalEntry { id } cancelEntry { id } } } }`,
      { id },
    )
  ).supplierInvoice as { updatedAt: string; payments: Payment[] };
const lastPayment = async (id: string) => (await billOf(id)).payments.at(-1) as Payment;
const pay = (supplierInvoiceId: string, amount: string, more: object = {}) =>
  run('recordSupplierPayment', 'supplierInvoice', {
    supplierInvoiceId,
    amount,
    paidOn: '2024-06-01',
    account: '1200',
    ...more,
  });
const takeBack = (id: string, more: object = {}, caller = one) =>
  run('cancelSupplierPayment', 'supplierInvoice', { id, reason: 'Paid twice', ...more }, caller);
const itemsOf = (reference: string) =>
  sql('SELECT status, open_amount FROM finance.open_item WHERE reference = $1', [reference]);

// Whatever a test does: each personal account is the sum of its items, and the control account the sum of them (rule 47).
afterEach(async () => {
  expect(
    await sql(
      `SELECT a.account FROM (SELECT account, sum(credit - debit) AS balance FROM finance.account_day WHERE personal GROUP BY 1) a
       LEFT JOIN (SELECT account, sum(open_amount) AS open FROM finance.open_item GROUP BY 1) i USING (account)
       WHERE a.balance <> coalesce(i.open, 0)`,
    ),
  ).toEqual([]);
  const [sums] = await sql(
    `SELECT (SELECT sum(debit - credit) FROM finance.account_day WHERE personal) = (SELECT sum(debit - credit) FROM finance.account_day
       WHERE account = '1600') AS agree`,
  );
  expect(sums).toEqual({ agree: true });
});

test('a payment taken back is reversed by an entry of its own, the bill is to be paid again, and both stay to be seen', async () => {
  const bill = await booked();
  await pay(bill.id, '59.50');
  const payment = await lastPayment(bill.id);
  const before = await billOf(bill.id);
  const { supplierInvoice } = await takeBack(payment.id, { postedOn: '2024-06-03' });
  expect(supplierInvoice).toMatchObject({ status: 'POSTED', openAmount: { amount: '59.50' } });
  const after = await billOf(bill.id);
  expect(after.updatedAt > before.updatedAt).toBe(true);
  expect(after.payments).toMatchObject([
    { amount: { amount: '59.50' }, cancelledOn: '2024-06-03', cancelReason: 'Paid twice' },
  ]);
  expect(await entryOf(after.payments[0]?.cancelEntry?.id ?? '')).toMatchObject({
    reverses: { id: payment.journalEntry.id },
    lines: [
      { account: { kind: 'CREDITOR' }, credit: { amount: '59.50' } },
      { account: { number: '1200' }, debit: { amount: '59.50' } },
    ],
  });
  expect(await itemsOf(bill.number)).toEqual([{ status: 'OPEN', open_amount: '59.50' }]);
});

test.each([
  ['at home', {}, '58.31', '1.19', '59.50'],
  ['where the buyer owes the tax', { supplierId: french }, '98.00', '2.00', '100.00'],
])('the cash discount goes back with it, %s (rules 15, 38)', async (_, more, amount, discount, gross) => {
  const lines = [{ articleId: bolt, quantity: '100', unitPrice: '1.00' }];
  const bill = await booked('supplierId' in more ? { ...more, lines } : more);
  await pay(bill.id, amount, { discount });
  const payment = await lastPayment(bill.id);
  expect((await takeBack(payment.id)).supplierInvoice).toMatchObject({
    status: 'POSTED',
    openAmount: { amount: gross },
  });
  expect(
    await sql(
      `SELECT account, tax_code FROM finance.journal_line WHERE entry_id = ANY($1) GROUP BY 1, 2 HAVING sum(debit - credit) <> 0`,
      [[payment.journalEntry.id, (await lastPayment(bill.id)).cancelEntry?.id]],
    ),
  ).toEqual([]);
});

test('of several payments only the one is taken back, and the bill can be paid again', async () => {
  const bill = await booked();
  await pay(bill.id, '20.00');
  const first = await lastPayment(bill.id);
  await pay(bill.id, '39.50');
  expect((await takeBack(first.id)).supplierInvoice).toMatchObject({
    status: 'POSTED',
    openAmount: { amount: '20.00' },
  });
  expect(await itemsOf(bill.number)).toEqual([{ status: 'PARTIAL', open_amount: '20.00' }]);
  expect((await pay(bill.id, '20.01')).error.code).toBe('AMOUNT_EXCEEDS_OPEN');
  expect((await pay(bill.id, '20.00')).supplierInvoice).toMatchObject({ status: 'PAID' });
});

test('it is taken back once, also by two at the same time', async () => {
  const bill = await booked();
  await pay(bill.id, '59.50');
  const { id } = await lastPayment(bill.id);
  const answers = await Promise.all([takeBack(id), takeBack(id), takeBack(id)]);
  expect(answers.map(({ error }) => error?.code ?? 'OK').sort()).toEqual([
    'ALREADY_REVERSED',
    'ALREADY_REVERSED',
    'OK',
  ]);
  expect(await itemsOf(bill.number)).toEqual([{ status: 'OPEN', open_amount: '59.50' }]);
});

test('it needs an open period and no day before the payment', async () => {
  const bill = await booked({ issuedOn: '2023-03-04' });
  await pay(bill.id, '10.00', { paidOn: '2023-03-20' });
  const { id } = await lastPayment(bill.id);
  await mutate('setPeriodState', { fiscalYear: 2023, month: 3, state: 'LOCKED' }, 'error { code }');
  for (const [postedOn, code] of [
    ['2023-03-25', 'PERIOD_CLOSED'],
    ['2023-03-19', 'DATE_OUT_OF_RANGE'],
  ])
    expect((await takeBack(id, { postedOn })).error).toMatchObject({ code, fields: [{ path: 'postedOn' }] });
  expect((await billOf(bill.id)).payments).toMatchObject([{ cancelledOn: null }]);
  expect((await takeBack(id, { postedOn: '2023-04-03' })).error).toBeNull();
});

test('cancelling the bill afterwards leaves nothing open, and what was paid for a cancelled one stays as a claim', async () => {
  const wrong = await booked();
  await pay(wrong.id, '9.50');
  await takeBack((await lastPayment(wrong.id)).id);
  await run('cancelSupplierInvoice', 'supplierInvoice', { id: wrong.id, reason: 'not ours' });
  expect(await itemsOf(wrong.number)).toEqual([{ status: 'CLEARED', open_amount: '0.00' }]);

  const paid = await booked();
  await pay(paid.id, '9.50');
  await run('cancelSupplierInvoice', 'supplierInvoice', { id: paid.id, reason: 'not ours' });
  expect((await takeBack((await lastPayment(paid.id)).id)).error).toMatchObject({
    code: 'ALREADY_CANCELLED',
    message: expect.stringContaining(paid.number),
  });
});

test('a bill whose cash discount came with a bank posting is cancelled once the assignment is taken back', async () => {
  const bill = await booked();
  const { openItems } = await ask(
    one,
    'query ($r: String) { openItems(filter: { reference: { eq: $r } }) { edges { node { id } } } }',
    { r: bill.number },
  );
  const { bankTransaction } = await mutate(
    'createBankTransaction',
    { bankAccount: 'DE1', bookedOn: '2024-06-01', amount: '-58.31' },
    'bankTransaction { id }',
  );
  await mutate(
    'matchBankTransaction',
    {
      id: bankTransaction.id,
      items: [{ openItemId: openItems.edges[0].node.id, amount: '59.50' }],
      lines: [{ account: '3736', amount: '1.19', taxCode: 'V19' }],
    },
    'error { code }',
  );
  const cancel = () => run('cancelSupplierInvoice', 'supplierInvoice', { id: bill.id, reason: 'not ours' });
  expect((await cancel()).error.code).toBe('DISCOUNT_ON_BANK');
  const back = { id: bankTransaction.id, postedOn: '2024-06-02', reason: 'not ours' };
  await mutate('unmatchBankTransaction', back, 'error { code }');
  expect((await cancel()).supplierInvoice.status).toBe('CANCELLED');
  expect(await itemsOf(bill.number)).toEqual([{ status: 'CLEARED', open_amount: '0.00' }]);
});

test('nobody takes back the payment of another company, or without the right to post', async () => {
  const bill = await booked();
  await pay(bill.id, '10.00');
  const { id } = await lastPayment(bill.id);
  expect((await takeBack(id, {}, two)).error.code).toBe('NOT_FOUND');
  expect((await takeBack(newId())).error.code).toBe('NOT_FOUND');
  const wanted =
    'mutation ($input: CancelSupplierPaymentInput!) { cancelSupplierPayment(input: $input) { error { code } } }';
  const refused = await answer(withPermissions(one, 'purchasing:read', 'purchasing:write'), wanted, {
    input: { id, reason: 'x' },
  });
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

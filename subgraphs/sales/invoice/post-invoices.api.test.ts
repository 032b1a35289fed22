import { newId } from '@valeo/kit/ids.ts';
import { expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { one, two, ask, sql, mutate, entryOf, onHand, heart, postage, input, draft, posted } = await invoicing();

test('number, entry, open item and stock come together', async () => {
  const before = await onHand(heart);
  const invoice = await posted();
  expect(invoice).toMatchObject({
    status: 'POSTED',
    paymentStatus: 'OPEN',
    number: expect.stringMatching(/^RE-2011-\d{6}$/),
    openAmount: { amount: '39.63' },
  });
  expect(await entryOf(invoice.journalEntry.id)).toMatchObject({
    source: `sales.SalesInvoice:${invoice.id}`,
    lines: [
      { account: { number: '10000', kind: 'DEBTOR' }, debit: { amount: '39.63' } },
      { account: { number: '8400' }, credit: { amount: '33.30' } },
      { account: { number: '1776' }, credit: { amount: '6.33' } },
    ],
  });
  expect(await onHand(heart)).toBe(before - 6);
  const { openItems } = await ask(
    one,
    'query ($reference: String) { openItems(filter: { reference: { eq: $reference } }) { edges { node { openAmount { amount } dueOn } } } }',
    { reference: invoice.number },
  );
  expect(openItems.edges).toEqual([{ node: { openAmount: { amount: '39.63' }, dueOn: '2011-12-23' } }]);
});

test('posting twice is refused, with a key it answers the same', async () => {
  const { id } = await draft();
  const first = await mutate('postSalesInvoice', { id, idempotencyKey: 'p1' });
  expect(await mutate('postSalesInvoice', { id, idempotencyKey: 'p1' })).toEqual(first);
  expect((await mutate('postSalesInvoice', { id })).error.code).toBe('NOT_DRAFT');
});

test('parallel postings and failures leave no gap and no double in the numbers', async () => {
  const drafts = await Promise.all(
    Array.from({ length: 20 }, () => draft({ issuedOn: '2010-12-01', suppliedOn: '2010-12-01' })),
  );
  await Promise.all([...drafts, ...drafts.slice(0, 5)].map(({ id }) => mutate('postSalesInvoice', { id })));
  const rows = await sql<{ number: string }>(
    `SELECT number FROM sales.sales_invoice WHERE number LIKE 'RE-2010-%' ORDER BY 1`,
  );
  expect(rows.map((row) => row.number)).toEqual(
    Array.from({ length: 20 }, (_, index) => `RE-2010-${String(index + 1).padStart(6, '0')}`),
  );
});

test('a document over zero gets its number and moves stock, without entry and open item', async () => {
  const before = await onHand(heart);
  const invoice = await posted({ lines: [{ articleId: heart, quantity: '3', unitPrice: '0' }] });
  expect(invoice).toMatchObject({ status: 'POSTED', paymentStatus: 'PAID', journalEntry: null });
  expect(await onHand(heart)).toBe(before - 3);
});

test('a credit note is positive, posts the other way round and takes the goods back', async () => {
  const before = await onHand(heart);
  const note = await posted({ kind: 'CREDIT_NOTE', lines: [{ articleId: heart, quantity: '2' }] });
  expect(note).toMatchObject({ number: expect.stringMatching(/^GS-2011-/), gross: { amount: '6.07' } });
  expect((await entryOf(note.journalEntry.id)).lines[0]).toMatchObject({
    account: { kind: 'DEBTOR' },
    credit: { amount: '6.07' },
  });
  expect(await onHand(heart)).toBe(before + 2);
});

/** Locks or opens May 2009. */
const period = (state: string) =>
  ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
    input: { fiscalYear: 2009, month: 5, state },
  });

test('a closed period refuses and leaves the draft as it was', async () => {
  await period('LOCKED');
  const { id } = await draft({ issuedOn: '2009-05-04' });
  expect((await mutate('postSalesInvoice', { id })).error).toMatchObject({
    code: 'PERIOD_CLOSED',
    message: expect.stringContaining('May 2009'),
  });
  await period('OPEN');
  expect((await mutate('postSalesInvoice', { id })).salesInvoice.number).toBe('RE-2009-000001');
});

test('a month is not locked over drafts, which are told; a soft close, and what others have, does not matter (rule 40)', async () => {
  const set = async (fiscalYear: number, state: string, caller = one) =>
    (
      await ask(
        caller,
        'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { accountingPeriod { state } error { code message fields { path code message } } } }',
        { input: { fiscalYear, month: 6, state } },
      )
    ).setPeriodState;
  const [first, last] = [await draft({ issuedOn: '2009-06-01' }), await draft({ issuedOn: '2009-06-30' })];
  await draft({ issuedOn: '2009-07-01' });
  await posted({ issuedOn: '2009-06-15' });
  expect(await set(2009, 'LOCKED')).toEqual({
    accountingPeriod: null,
    error: {
      code: 'DRAFTS_IN_PERIOD',
      message: 'There are drafts in June 2009 (2). Please post them, date them otherwise or delete them first.',
      fields: [first, last].map(({ id }, at) => ({
        path: 'month',
        code: 'DRAFTS_IN_PERIOD',
        message: `Draft of ${at ? '30 Jun 2009' : '1 Jun 2009'} to Müller GmbH (${id})`,
      })),
    },
  });
  expect((await set(2009, 'LOCKED', two)).error).toBeNull();
  expect((await set(2009, 'SOFT_CLOSED')).error).toBeNull();
  for (const { id } of [first, last]) expect((await mutate('postSalesInvoice', { id })).error).toBeNull();
  expect((await set(2009, 'LOCKED')).accountingPeriod).toEqual({ state: 'LOCKED' });
  expect((await set(2009, 'OPEN')).error).toBeNull();
});

test('bulk creates and posts in order, all or none', async () => {
  const bulk = async (items: object[], more: object = {}) =>
    (
      await ask(
        one,
        'mutation ($input: CreateSalesInvoicesInput!) { createSalesInvoices(input: $input) { salesInvoices { number status } errors { index path code } } }',
        { input: { items, post: true, ...more } },
      )
    ).createSalesInvoices;
  const items = [
    input({ issuedOn: '2008-01-02' }),
    input({ issuedOn: '2008-01-03', kind: 'CREDIT_NOTE' }),
    input({ issuedOn: '2008-01-04' }),
  ];
  expect((await bulk(items, { dryRun: true })).salesInvoices).toEqual([]);
  expect(await bulk(items)).toMatchObject({
    salesInvoices: [
      { number: 'RE-2008-000001', status: 'POSTED' },
      { number: 'GS-2008-000001' },
      { number: 'RE-2008-000002' },
    ],
    errors: [],
  });
  expect(await bulk([...items, input({ customerId: newId() })])).toEqual({
    salesInvoices: [],
    errors: [{ index: 3, path: 'customerId', code: 'UNKNOWN_CUSTOMER' }],
  });
});

test('a fault names its item also behind documents that enter nothing in the books', async () => {
  await period('LOCKED');
  const free = input({ issuedOn: '2008-02-01', lines: [{ articleId: postage, quantity: '1', unitPrice: '0' }] });
  const answer = await ask(
    one,
    'mutation ($input: CreateSalesInvoicesInput!) { createSalesInvoices(input: $input) { errors { index path code } } }',
    { input: { items: [free, free, input({ issuedOn: '2009-05-04' })], post: true } },
  );
  expect(answer.createSalesInvoices.errors).toEqual([{ index: 2, path: 'issuedOn', code: 'PERIOD_CLOSED' }]);
  await period('OPEN');
});

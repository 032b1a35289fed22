import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { sales } from '../sales.subgraph.ts';

const house = await twoTenants(sales, inventory, finance);
const { one, two, ask, answer, publish, sql } = house;

const FIELDS = `id kind number status paymentStatus version dueOn net { amount } tax { amount } gross { amount } openAmount { amount }
  journalEntry { id } lines { sku quantity unitPrice taxCode net } taxes { taxCode rate net { amount } tax { amount } note } cancels { id } cancelledBy { id }`;
const mutate = (name: string, input: object, caller = one, more = '') =>
  house.mutate(
    name,
    input,
    `salesInvoice { ${FIELDS} } ${more} error { code message fields { path code message } }`,
    caller,
  );
const entryOf = async (id: string) =>
  (
    await ask(
      one,
      'query ($id: ID!) { journalEntry(id: $id) { number postedOn text source lines { account { number kind } debit { amount } credit { amount } } reverses { id } } }',
      { id },
    )
  ).journalEntry;
const onHand = async (id: string) =>
  (await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id })).article.onHand;

const customer = newId();
const frenchCustomer = newId();
let heart: string;
let postage: string;

beforeAll(async () => {
  const partner = {
    number: '10001',
    name: 'Müller GmbH',
    country: 'DE',
    vatId: null,
    paymentTermDays: 14,
    billingAddress: { city: 'Hamburg' },
  };
  await publish(one, 'crm.BusinessPartner', customer, partner);
  await publish(one, 'crm.BusinessPartner', frenchCustomer, {
    ...partner,
    name: 'Dupont',
    country: 'FR',
    vatId: 'FR83404833048',
  });
  const create = async (input: object) =>
    (
      await ask(one, 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }', {
        input,
      })
    ).createArticle.article.id;
  heart = await create({ sku: '85123A', name: 'Heart', price: '2.55' });
  postage = await create({ sku: 'POST', name: 'Postage', price: '18.00', kind: 'SERVICE' });
});

const input = (more: object = {}) => ({
  customerId: customer,
  suppliedOn: '2011-12-09',
  issuedOn: '2011-12-09',
  lines: [
    { articleId: heart, quantity: '6' },
    { articleId: postage, quantity: '1' },
  ],
  ...more,
});
const draft = async (more: object = {}) => (await mutate('createSalesInvoice', input(more))).salesInvoice;
const posted = async (more: object = {}) =>
  (await mutate('postSalesInvoice', { id: (await draft(more)).id })).salesInvoice;

afterEach(() => void vi.useRealTimers());

describe('draft', () => {
  test('prices, VAT and due date come from article, rate of the day of supply and term', async () => {
    expect(await draft()).toMatchObject({
      status: 'DRAFT',
      number: null,
      dueOn: '2011-12-23',
      net: { amount: '33.30' },
      tax: { amount: '6.33' },
      gross: { amount: '39.63' },
      lines: [{ sku: '85123A', quantity: '6', unitPrice: '2.55', taxCode: 'U19', net: '15.30' }, { sku: 'POST' }],
      journalEntry: null,
    });
    expect((await draft({ suppliedOn: '2020-08-01' })).taxes).toMatchObject([{ rate: '16' }]);
  });
  test('every fault is told with its place', async () => {
    const { error } = await mutate(
      'createSalesInvoice',
      input({
        customerId: newId(),
        lines: [
          { articleId: newId(), quantity: '1' },
          { articleId: heart, quantity: '1', taxCode: 'V19' },
        ],
      }),
    );
    expect(error.fields.map((field: { path: string; code: string }) => `${field.path} ${field.code}`)).toEqual([
      'customerId UNKNOWN_CUSTOMER',
      'lines.0.articleId UNKNOWN_ARTICLE',
      'lines.1.taxCode UNKNOWN_TAX_CODE',
    ]);
    const negative = await mutate(
      'createSalesInvoice',
      input({ lines: [{ articleId: heart, quantity: '-1', unitPrice: '1.23456' }] }),
    );
    expect(negative.error.fields).toMatchObject([
      { path: 'lines.0.quantity', code: 'MUST_BE_POSITIVE' },
      { path: 'lines.0.unitPrice', code: 'INVALID_DECIMAL' },
    ]);
  });
  test('a tax-free supply within the EU needs the VAT id and carries the note', async () => {
    const line = [{ articleId: heart, quantity: '1', taxCode: 'IGL' }];
    expect((await mutate('createSalesInvoice', input({ lines: line }))).error.code).toBe('VAT_ID_REQUIRED');
    expect((await draft({ customerId: frenchCustomer, lines: line })).taxes).toEqual([
      {
        taxCode: 'IGL',
        rate: '0',
        net: { amount: '2.55' },
        tax: { amount: '0.00' },
        note: 'Steuerfreie innergemeinschaftliche Lieferung',
      },
    ]);
  });
  test('a stale edit is refused with both values, a fresh one replaces the draft', async () => {
    const { id } = await draft();
    const changed = await mutate('updateSalesInvoice', {
      id,
      version: 1,
      ...input({ lines: [{ articleId: heart, quantity: '10', unitPrice: '1.00' }] }),
    });
    expect(changed.salesInvoice).toMatchObject({ version: 2, net: { amount: '10.00' }, lines: [{ quantity: '10' }] });
    const stale = await mutate('updateSalesInvoice', { id, version: 1, ...input({ note: 'mine' }) });
    expect(stale.error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'note', code: 'CHANGED_MEANWHILE' }] });
  });
  test('what a change does not give stays', async () => {
    const { id } = await draft({ note: 'first', reference: 'R1' });
    const { salesInvoice } = await mutate('updateSalesInvoice', { id, version: 1, note: 'second' });
    expect(salesInvoice).toMatchObject({
      version: 2,
      net: { amount: '33.30' },
      lines: [{ sku: '85123A' }, { sku: 'POST' }],
    });
    const moved = await mutate('updateSalesInvoice', { id, version: 2, suppliedOn: '2020-08-01' });
    expect(moved.salesInvoice.taxes).toMatchObject([{ rate: '16' }]);
  });
  test('the same external number cannot come in twice', async () => {
    await draft({ externalSource: 'shop', externalNumber: '536365' });
    expect(
      (await mutate('createSalesInvoice', input({ externalSource: 'shop', externalNumber: '536365' }))).error,
    ).toMatchObject({ code: 'EXTERNAL_NUMBER_TAKEN', fields: [{ path: 'externalNumber' }] });
  });
  test('a draft can be deleted, a posted document cannot', async () => {
    const remove = async (id: string) =>
      (
        await ask(
          one,
          'mutation ($input: DeleteSalesInvoiceInput!) { deleteSalesInvoice(input: $input) { deletedId error { code } } }',
          { input: { id } },
        )
      ).deleteSalesInvoice;
    const { id } = await draft();
    expect(await remove(id)).toEqual({ deletedId: id, error: null });
    expect((await remove((await posted()).id)).error.code).toBe('NOT_DRAFT');
  });
});

describe('posting', () => {
  test('number, entry, open item and stock come together', async () => {
    const before = Number(await onHand(heart));
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
    expect(Number(await onHand(heart))).toBe(before - 6);
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
    const before = Number(await onHand(heart));
    const invoice = await posted({ lines: [{ articleId: heart, quantity: '3', unitPrice: '0' }] });
    expect(invoice).toMatchObject({ status: 'POSTED', paymentStatus: 'PAID', journalEntry: null });
    expect(Number(await onHand(heart))).toBe(before - 3);
  });
  test('a credit note is positive, posts the other way round and takes the goods back', async () => {
    const before = Number(await onHand(heart));
    const note = await posted({ kind: 'CREDIT_NOTE', lines: [{ articleId: heart, quantity: '2' }] });
    expect(note).toMatchObject({ number: expect.stringMatching(/^GS-2011-/), gross: { amount: '6.07' } });
    expect((await entryOf(note.journalEntry.id)).lines[0]).toMatchObject({
      account: { kind: 'DEBTOR' },
      credit: { amount: '6.07' },
    });
    expect(Number(await onHand(heart))).toBe(before + 2);
  });
  test('lists are sorted and filtered by what credit notes take away', async () => {
    const seen = await ask(
      one,
      `{ rising: salesInvoices(orderBy: [{ field: SIGNED_GROSS }]) { edges { node { kind gross { amount } signedGross { amount } } } }
         negative: salesInvoices(filter: { signedNet: { lt: "0" } }) { totalCount }
         notes: salesInvoices(filter: { kind: { eq: CREDIT_NOTE }, net: { gt: "0" } }) { totalCount } }`,
    );
    const rows = seen.rising.edges.map(({ node }: { node: { signedGross: { amount: string } } }) => node);
    const signed = rows.map((row: { signedGross: { amount: string } }) => Number(row.signedGross.amount));
    expect(signed).toEqual(signed.toSorted((a: number, b: number) => a - b));
    expect(rows[0]).toMatchObject({ kind: 'CREDIT_NOTE', gross: { amount: '6.07' }, signedGross: { amount: '-6.07' } });
    expect(seen.negative.totalCount).toBe(seen.notes.totalCount);
  });
  test('a closed period refuses and leaves the draft as it was', async () => {
    const period = (state: string) =>
      ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
        input: { fiscalYear: 2009, month: 5, state },
      });
    await period('LOCKED');
    const { id } = await draft({ issuedOn: '2009-05-04' });
    expect((await mutate('postSalesInvoice', { id })).error).toMatchObject({
      code: 'PERIOD_CLOSED',
      message: expect.stringContaining('2009-05'),
    });
    await period('OPEN');
    expect((await mutate('postSalesInvoice', { id })).salesInvoice.number).toBe('RE-2009-000001');
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
});

describe('after posting', () => {
  const pay = (id: string, amount: string, more: object = {}) =>
    mutate('recordPayment', { salesInvoiceId: id, amount, receivedOn: '2011-12-20', account: '1200', ...more });

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
  test('a Storno reverses entry, stock and open item, and both documents stay', async () => {
    const before = Number(await onHand(heart));
    const invoice = await posted();
    const cancelled = await mutate(
      'cancelSalesInvoice',
      { id: invoice.id, reason: 'wrong customer' },
      one,
      `cancellation { ${FIELDS} }`,
    );
    expect(cancelled.salesInvoice).toMatchObject({
      status: 'CANCELLED',
      openAmount: { amount: '0.00' },
      cancelledBy: { id: cancelled.cancellation.id },
    });
    expect(cancelled.cancellation).toMatchObject({
      kind: 'CREDIT_NOTE',
      cancels: { id: invoice.id },
      gross: { amount: '39.63' },
      openAmount: { amount: '0.00' },
      paymentStatus: 'PAID',
    });
    const reversal = await entryOf(cancelled.cancellation.journalEntry.id);
    expect(reversal.reverses.id).toBe(invoice.journalEntry.id);
    expect(reversal.lines[0]).toMatchObject({ account: { kind: 'DEBTOR' }, credit: { amount: '39.63' } });
    expect(Number(await onHand(heart))).toBe(before);
    expect((await mutate('cancelSalesInvoice', { id: invoice.id, reason: 'again' })).error.code).toBe(
      'ALREADY_CANCELLED',
    );
  });
  test('a Storno is dated by the day in Germany, also when London is still in the old year', async () => {
    const invoice = await posted();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-12-31T23:30:00Z') });
    const { cancellation } = await mutate(
      'cancelSalesInvoice',
      { id: invoice.id, reason: 'late' },
      one,
      'cancellation { number issuedOn journalEntry { id } }',
    );
    expect(cancellation).toMatchObject({ number: expect.stringContaining('2026'), issuedOn: '2026-01-01' });
    const entry = await entryOf(cancellation.journalEntry.id);
    expect(entry).toMatchObject({ number: expect.stringMatching(/^2026-/), postedOn: '2026-01-01' });
    const [movement] = await sql<{ moved_on: string }>(
      `SELECT moved_on::text FROM inventory.stock_movement WHERE reason = 'Storno' ORDER BY id DESC LIMIT 1`,
    );
    expect(movement).toEqual({ moved_on: '2026-01-01' });
  });
  test('cancelling a paid invoice leaves the money as the credit of the customer', async () => {
    const { id } = await posted();
    await pay(id, '39.63');
    const { cancellation } = await mutate(
      'cancelSalesInvoice',
      { id, reason: 'returned' },
      one,
      `cancellation { ${FIELDS} }`,
    );
    expect(cancellation).toMatchObject({ openAmount: { amount: '39.63' }, paymentStatus: 'OPEN' });
  });
  test('the customer account always equals the sum of open items, and receivables the sum of customers', async () => {
    const [row] = await sql<{ account: string; control: string; items: string }>(
      `SELECT (SELECT sum(debit - credit) FROM finance.account_day WHERE personal AND tenant_id = $1) AS account,
              (SELECT sum(debit - credit) FROM finance.account_day WHERE account = '1400' AND tenant_id = $1) AS control,
              (SELECT sum(open_amount) FROM finance.open_item WHERE tenant_id = $1) AS items`,
      [one.tenantId],
    );
    expect(row?.control).toBe(row?.account);
    expect(row?.items).toBe(row?.account);
  });
});

describe('who may see and do what', () => {
  test('another company neither sees nor touches a document', async () => {
    const invoice = await posted();
    expect(
      await ask(two, 'query ($id: ID!) { salesInvoice(id: $id) { id } salesInvoices { totalCount } }', {
        id: invoice.id,
      }),
    ).toEqual({ salesInvoice: null, salesInvoices: { totalCount: 0 } });
    expect((await mutate('cancelSalesInvoice', { id: invoice.id, reason: 'x' }, two)).error.code).toBe('NOT_FOUND');
    expect((await mutate('postSalesInvoice', { id: (await draft()).id }, two)).error.code).toBe('NOT_FOUND');
  });
  test('writing and posting are rights of their own', async () => {
    const post = 'mutation ($input: PostSalesInvoiceInput!) { postSalesInvoice(input: $input) { error { code } } }';
    expect(
      (await answer(withPermissions(one, 'sales:read', 'sales:write'), post, { input: { id: newId() } })).errors,
    ).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await answer(withPermissions(one, 'crm:read'), '{ salesInvoices { totalCount } }')).errors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await answer(null, '{ salesInvoices { totalCount } }')).errors).toMatchObject([
      { code: 'UNAUTHENTICATED' },
    ]);
  });
  test('counters, totals and months agree with the documents', async () => {
    const seen = await ask(
      one,
      '{ salesInvoices { totalCount } posted: salesInvoices(filter: { status: { eq: POSTED } }) { totalCount } salesInvoiceTotals { net { amount } } salesByMonth(from: "2000-01-01", to: "2100-12-31") { net } }',
    );
    const [row] = await sql<{ all: number; posted: number; net: string }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE status = 'POSTED')::int AS posted,
         sum(CASE WHEN status = 'DRAFT' THEN 0 WHEN kind = 'INVOICE' THEN net ELSE -net END) AS net FROM sales.sales_invoice WHERE tenant_id = $1`,
      [one.tenantId],
    );
    expect(seen.salesInvoices.totalCount).toBe(row?.all);
    expect(seen.posted.totalCount).toBe(row?.posted);
    expect(seen.salesInvoiceTotals.net.amount).toBe(row?.net);
    const months = seen.salesByMonth.reduce(
      (total: bigint, month: { net: string }) => total + BigInt(month.net.replace('.', '')),
      0n,
    );
    expect(months).toBe(BigInt((row?.net ?? '').replace('.', '')));
  });

  test('without days, sales by month end with the newest posted document and go back two years', async () => {
    const [row] = await sql<{ first: string; last: string }>(
      `SELECT to_char(min(issued_on), 'YYYY-MM-01') AS first, to_char(max(issued_on), 'YYYY-MM-01') AS last FROM sales.sales_invoice, (
         SELECT max(issued_on) AS newest FROM sales.sales_invoice WHERE status <> 'DRAFT' AND tenant_id = $1) n
       WHERE status <> 'DRAFT' AND tenant_id = $1 AND issued_on >= date_trunc('month', newest) - interval '2 years'`,
      [one.tenantId],
    );
    const { salesByMonth } = await ask(one, '{ salesByMonth { month } }');
    expect([salesByMonth[0].month, salesByMonth.at(-1).month]).toEqual([row?.first, row?.last]);
    const nobody = await ask(two, '{ salesByMonth { month } }');
    expect(nobody.salesByMonth).toEqual([]);
  });
});

import { newId } from '@valeo/kit/ids.ts';
import { withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { one, two, ask, answer, sql, mutate, draft, posted, pay } = await invoicing();

beforeAll(async () => {
  await draft();
  await posted({ issuedOn: '2008-01-02' });
  await posted({ kind: 'CREDIT_NOTE' });
  await pay((await posted()).id, '10.00');
  const { id } = await posted();
  await pay(id, '39.63');
  await mutate('cancelSalesInvoice', { id, reason: 'returned' });
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
});

describe('sums', () => {
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
    expect(rows[0]).toMatchObject({
      kind: 'CREDIT_NOTE',
      gross: { amount: '39.63' },
      signedGross: { amount: '-39.63' },
    });
    expect(seen.negative.totalCount).toBe(seen.notes.totalCount);
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

describe('what changed since', () => {
  test('an invoice comes again once it is posted, paid or cancelled, in the order of its changes', async () => {
    const since = async (moment: string): Promise<string[]> => {
      const list = `query ($moment: DateTime!) { salesInvoices(filter: { updatedAt: { gt: $moment } }, orderBy: [{ field: UPDATED_AT }]) { edges { node { id } } } }`;
      const { salesInvoices } = await ask(one, list, { moment });
      return salesInvoices.edges.map(({ node }: { node: { id: string } }) => node.id);
    };
    const first = await posted();
    const second = await posted();
    const read = await ask(one, 'query ($id: ID!) { salesInvoice(id: $id) { updatedAt } }', { id: second.id });
    const { updatedAt } = read.salesInvoice;
    expect(await since(updatedAt)).toEqual([]);

    await pay(first.id, '10.00');
    expect(await since(updatedAt)).toEqual([first.id]);
    await mutate('cancelSalesInvoice', { id: second.id, reason: 'returned' });
    expect((await since(updatedAt)).slice(0, 2)).toEqual([first.id, second.id]);
  });
});

import type { Ctx } from '@valeo/kit/context.ts';
import { today } from '@valeo/kit/day.ts';
import { type FilterInput, filterCondition } from '@valeo/kit/filter.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { salesInvoices } from './invoice.list.ts';
import {
  payment,
  paymentCancellation,
  type SalesInvoiceLineRow,
  type SalesInvoiceRow,
  type SalesInvoiceTaxRow,
  type SalesPaymentRow,
  salesInvoice,
  salesInvoiceLine,
  salesInvoiceTax,
} from './invoice.tables.ts';

export async function lockInvoice(tx: Tx, id: string): Promise<SalesInvoiceRow | undefined> {
  const [row] = await tx.db.select().from(salesInvoice).where(eq(salesInvoice.id, id)).for('update');
  return row;
}

export async function linesOf(ctx: Ctx, invoiceId: string): Promise<SalesInvoiceLineRow[]> {
  const loader = ctx.loader<string, SalesInvoiceLineRow[]>('invoice lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(salesInvoiceLine)
      .where(inArray(salesInvoiceLine.invoiceId, [...ids]))
      .orderBy(asc(salesInvoiceLine.invoiceId), asc(salesInvoiceLine.position));
    return Map.groupBy(rows, (row) => row.invoiceId);
  });
  return (await loader.load(invoiceId)) ?? [];
}

export async function taxesOf(ctx: Ctx, invoiceId: string): Promise<SalesInvoiceTaxRow[]> {
  const loader = ctx.loader<string, SalesInvoiceTaxRow[]>('invoice taxes', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(salesInvoiceTax)
      .where(inArray(salesInvoiceTax.invoiceId, [...ids]))
      .orderBy(asc(salesInvoiceTax.taxCode));
    return Map.groupBy(rows, (row) => row.invoiceId);
  });
  return (await loader.load(invoiceId)) ?? [];
}

export async function paymentsOf(ctx: Ctx, invoiceId: string): Promise<SalesPaymentRow[]> {
  const loader = ctx.loader<string, SalesPaymentRow[]>('payments', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select({
        ...getTableColumns(payment),
        cancelledOn: paymentCancellation.cancelledOn,
        cancelReason: paymentCancellation.reason,
        cancelEntryId: paymentCancellation.journalEntryId,
      })
      .from(payment)
      .leftJoin(paymentCancellation, eq(paymentCancellation.paymentId, payment.id))
      .where(inArray(payment.invoiceId, [...ids]))
      .orderBy(asc(payment.receivedOn), asc(payment.id));
    return Map.groupBy(rows, (row) => row.invoiceId);
  });
  return (await loader.load(invoiceId)) ?? [];
}

export async function creditNotesOf(ctx: Ctx, invoiceId: string): Promise<SalesInvoiceRow[]> {
  const loader = ctx.loader<string, SalesInvoiceRow[]>('credit notes', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(salesInvoice)
      .where(inArray(salesInvoice.correctsId, [...ids]))
      .orderBy(asc(salesInvoice.id));
    return Map.groupBy(rows, (row) => row.correctsId ?? '');
  });
  return (await loader.load(invoiceId)) ?? [];
}

/** Sums over what a filter matches; credit notes count negative, drafts do not count. */
export async function invoiceTotals(ctx: Ctx, filter: FilterInput | null | undefined) {
  const tx = await ctx.read();
  const sumOf = (column: PgColumn) => sql<string>`coalesce(sum(${column}), 0)::numeric(19, 2)`;
  const [row] = await tx.db
    .select({
      count: sql<number>`count(*)::int`,
      net: sumOf(salesInvoice.signedNet),
      tax: sumOf(salesInvoice.signedTax),
      gross: sumOf(salesInvoice.signedGross),
      open: sumOf(salesInvoice.signedOpenAmount),
    })
    .from(salesInvoice)
    .where(
      sql`${salesInvoice.status} <> 'DRAFT' and ${filterCondition(salesInvoices.filters, filter, ctx.locale) ?? sql`true`}`,
    );
  const money = (amount: string | undefined) => ({ amount: amount ?? '0.00', currency: 'EUR' });
  return {
    count: row?.count ?? 0,
    net: money(row?.net),
    tax: money(row?.tax),
    gross: money(row?.gross),
    openAmount: money(row?.open),
  };
}

export interface MonthlySales {
  readonly month: string;
  readonly net: string;
  readonly invoices: number;
  readonly creditNotes: number;
}

/** Posted net by month of issue; cancelled documents and their cancellations offset each other. */
export async function salesByMonth(ctx: Ctx, from: string | null, to: string | null): Promise<MonthlySales[]> {
  const tx = await ctx.read();
  return tx.query<MonthlySales>(
    `WITH span AS (
       SELECT coalesce($2::date, (SELECT max(issued_on) FROM sales.sales_invoice WHERE status <> 'DRAFT'), $3) AS last_day
     )
     SELECT to_char(date_trunc('month', issued_on), 'YYYY-MM-DD') AS month, sum(signed_net) AS net,
            count(*) FILTER (WHERE kind = 'INVOICE')::int AS invoices, count(*) FILTER (WHERE kind = 'CREDIT_NOTE')::int AS "creditNotes"
     FROM sales.sales_invoice, span
     WHERE status <> 'DRAFT' AND issued_on BETWEEN coalesce($1::date, date_trunc('month', last_day) - interval '2 years') AND last_day
     GROUP BY 1 ORDER BY 1`,
    [from, to, today()],
    'sales_by_month',
  );
}

export interface ArticleSales {
  readonly quantity: string;
  readonly net: { readonly amount: string; readonly currency: string };
  readonly documents: number;
}

/** What was sold of an article, credit notes deducted; for all articles of a page at once. */
export async function salesOfArticle(ctx: Ctx, articleId: string): Promise<ArticleSales> {
  const loader = ctx.loader<string, ArticleSales>('sales of article', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.query<{ article_id: string; quantity: string; net: string; documents: number }>(
      `SELECT l.article_id, trim_scale(sum(CASE i.kind WHEN 'INVOICE' THEN l.quantity ELSE -l.quantity END))::text AS quantity,
              sum(CASE i.kind WHEN 'INVOICE' THEN l.net ELSE -l.net END) AS net, count(DISTINCT i.id)::int AS documents
       FROM sales.sales_invoice_line l JOIN sales.sales_invoice i ON i.id = l.invoice_id AND i.status <> 'DRAFT'
       WHERE l.article_id = ANY($1::uuid[]) GROUP BY 1`,
      [ids],
      'sales_of_articles',
    );
    return new Map(
      rows.map((row) => [
        row.article_id,
        { quantity: row.quantity, documents: row.documents, net: { amount: row.net, currency: 'EUR' } },
      ]),
    );
  });
  return (await loader.load(articleId)) ?? { quantity: '0', documents: 0, net: { amount: '0.00', currency: 'EUR' } };
}

import {
  type EntryDraft,
  type LedgerCode,
  type LineDraft,
  postEntries,
  type Side,
} from '@valeo/finance/ledger/ledger.ts';
import { moveStock } from '@valeo/inventory/stock/stock.ts';
import { published } from '@valeo/kit/published.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { cents } from '@valeo/money/money.ts';
import { inArray } from 'drizzle-orm';
import { lockDeliveries } from '../delivery/ship-deliveries.ts';
import { refreshChain } from '../document/refresh-chain.ts';
import { drawNumbers } from '../number-range.ts';
import { correctedInvoices } from './corrections.ts';
import { billedOfDeliveries } from './draft-invoices.ts';
import {
  type SalesInvoiceLineRow,
  type SalesInvoiceRow,
  type SalesInvoiceTaxRow,
  type SellerSnapshot,
  salesInvoice,
  salesInvoiceLine,
  salesInvoiceTax,
} from './invoice.tables.ts';

export type PostCode = 'NOT_FOUND' | 'NOT_DRAFT' | 'UNKNOWN_DELIVERY' | 'UNKNOWN_INVOICE' | LedgerCode;

/** Source type of invoices in journal, open items and stock ledger. */
export const INVOICE_SOURCE = 'sales.SalesInvoice';

/**
 * Posts drafts in the order given, all or none: number, journal entry, open item and stock movements in one transaction.
 * A fixed number of statements for any number of documents. A document whose total is zero gets its number and its stock
 * movements, but there is nothing to enter in the books.
 */
export async function postInvoices(
  tx: Tx,
  ids: readonly string[],
  at: (index: number) => string = (index) => `items.${index}.`,
): Promise<Result<string[], PostCode>> {
  const locked = await tx.db
    .select()
    .from(salesInvoice)
    .where(inArray(salesInvoice.id, [...ids]))
    .orderBy(salesInvoice.id)
    .for('update');
  const byId = new Map(locked.map((row) => [row.id, row]));
  const faults = ids.flatMap((id, index): FieldFault[] => {
    const invoice = byId.get(id);
    if (!invoice) return [{ path: `${at(index)}id`, code: 'NOT_FOUND' }];
    return invoice.status === 'DRAFT'
      ? []
      : [{ path: `${at(index)}id`, code: 'NOT_DRAFT', params: { number: invoice.number ?? '' } }];
  });
  const [first] = faults;
  if (first) return fail(first.code as PostCode, { params: { ...first.params }, fields: faults });

  const returned = await returnedDeliveries(tx, ids, at);
  if (returned.length > 0) return fail('UNKNOWN_DELIVERY', { params: { ...returned[0]?.params }, fields: returned });

  const invoices = ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
  // What is left to credit was looked at when they were drafted; since then the invoice may have been cancelled.
  const { faults: unknown } = await correctedInvoices(tx, invoices, at);
  if (unknown.length > 0) return fail('UNKNOWN_INVOICE', { params: { ...unknown[0]?.params }, fields: unknown });
  const numbers = await numbersFor(tx, invoices);
  const taxes = Map.groupBy(
    await tx.db
      .select()
      .from(salesInvoiceTax)
      .where(inArray(salesInvoiceTax.invoiceId, [...ids])),
    (row) => row.invoiceId,
  );
  // A fault names the document by its place among all, not among those that are booked.
  const booked = invoices.flatMap((invoice, index) =>
    cents(invoice.gross) === 0n ? [] : [{ invoice, path: at(index) }],
  );
  const entries = await postEntries(
    tx,
    booked.map(({ invoice, path }) =>
      entryOf(invoice, numbers.get(invoice.id) ?? '', taxes.get(invoice.id) ?? [], path),
    ),
  );
  if (!entries.ok) {
    // The entry's day is that of the document.
    const fields = entries.fields.map((fault) => ({ ...fault, path: fault.path.replace(/postedOn$/, 'issuedOn') }));
    return { ...entries, fields };
  }
  const entryIds = new Map(booked.map(({ invoice }, index) => [invoice.id, entries.value[index]?.id]));
  await issueStock(tx, invoices);
  await markPosted(tx, invoices, numbers, entryIds);
  await refreshChain(tx, { orderIds: invoices.flatMap(({ orderId }) => orderId ?? []) });
  return ok(invoices.map((invoice) => invoice.id));
}

/** Drafts that bill goods which have come back since: nothing else would take them off the invoice, as their lines move no stock. */
async function returnedDeliveries(
  tx: Tx,
  ids: readonly string[],
  at: (index: number) => string,
): Promise<FieldFault[]> {
  const links = await tx.query<{ id: string }>(
    'SELECT DISTINCT delivery_id AS id FROM sales.sales_invoice_line WHERE invoice_id = ANY($1::uuid[]) AND delivery_id IS NOT NULL',
    [ids],
    'deliveries_to_bill',
  );
  if (links.length === 0) return [];
  const deliveryIds = links.map(({ id }) => id);
  // A return waits until the invoice is in the books, or is seen here.
  await lockDeliveries(tx, deliveryIds);
  const rows = await tx.query<{ invoice_id: string; position: number; number: string }>(
    `SELECT l.invoice_id, l.position, d.number FROM sales.sales_invoice_line l JOIN sales.sales_invoice i ON i.id = l.invoice_id
     JOIN sales.delivery d ON d.id = l.delivery_id
     JOIN (${billedOfDeliveries}) billed ON billed.delivery_id = l.delivery_id AND billed.article_id = l.article_id
     WHERE l.invoice_id = ANY($1::uuid[]) AND i.kind = 'INVOICE' AND billed.returned > 0
       AND billed.quantity - billed.credited > billed.delivered - billed.returned ORDER BY 1, 2`,
    [ids, deliveryIds],
    'lines_of_returned_deliveries',
  );
  return rows.map(({ invoice_id, position, number }) => ({
    path: `${at(ids.findIndex((id) => id.toLowerCase() === invoice_id))}lines.${position - 1}`,
    code: 'UNKNOWN_DELIVERY',
    params: { sentence: 'UNKNOWN_DELIVERY.CAME_BACK', number },
  }));
}

/** Numbers in the order of the documents, each range and year drawn once. */
async function numbersFor(tx: Tx, invoices: readonly SalesInvoiceRow[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  const ranges = Map.groupBy(invoices, (invoice) => `${invoice.kind} ${invoice.issuedOn.slice(0, 4)}`);
  for (const [key, group] of [...ranges].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind, year] = key.split(' ');
    const drawn = await drawNumbers(tx, kind as 'INVOICE' | 'CREDIT_NOTE', Number(year), group.length);
    group.forEach((invoice, index) => numbers.set(invoice.id, drawn[index] ?? ''));
  }
  return numbers;
}

/** Dr customer gross, Cr revenue per VAT code, Cr tax; a credit note the other way round. */
function entryOf(
  invoice: SalesInvoiceRow,
  number: string,
  taxes: readonly SalesInvoiceTaxRow[],
  at: string,
): EntryDraft {
  const isInvoice = invoice.kind === 'INVOICE';
  const [customerSide, revenueSide]: [Side, Side] = isInvoice ? ['debit', 'credit'] : ['credit', 'debit'];
  const partner = { id: invoice.customerId, name: invoice.customerName, kind: 'DEBTOR' as const };
  const revenue = taxes.flatMap(({ taxCode, net, tax }): LineDraft[] => [
    { to: { baseOf: taxCode }, side: revenueSide, amount: cents(net), taxCode, taxRole: 'BASE' },
    { to: { taxOf: taxCode }, side: revenueSide, amount: cents(tax), taxCode, taxRole: 'TAX' },
  ]);
  const gross = cents(invoice.gross);
  return {
    postedOn: invoice.issuedOn,
    text: `${isInvoice ? 'Rechnung' : 'Gutschrift'} ${number} ${invoice.customerName}`.slice(0, 200),
    reference: number,
    source: { type: INVOICE_SOURCE, id: invoice.id },
    lines: [{ to: { partner }, side: customerSide, amount: gross }, ...revenue.filter((line) => line.amount !== 0n)],
    openItem: { partner, dueOn: invoice.dueOn, amount: isInvoice ? gross : -gross },
    path: at.replace(/\.$/, ''),
  };
}

/** Goods leave with the invoice, unless a delivery has moved them; a credit note takes them back. */
async function issueStock(tx: Tx, invoices: readonly SalesInvoiceRow[]): Promise<void> {
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  const lines = await tx.query<
    Pick<SalesInvoiceLineRow, 'position' | 'quantity'> & { invoice_id: string; article_id: string }
  >(
    `SELECT invoice_id, position, article_id, quantity FROM sales.sales_invoice_line
     WHERE invoice_id = ANY($1::uuid[]) AND delivery_id IS NULL`,
    [[...byId.keys()]],
    'lines_to_issue',
  );
  await moveStock(
    tx,
    lines.flatMap((line) => {
      const invoice = byId.get(line.invoice_id);
      if (!invoice) return [];
      const isInvoice = invoice.kind === 'INVOICE';
      return [
        {
          articleId: line.article_id,
          quantity: isInvoice ? negated(line.quantity) : line.quantity,
          kind: isInvoice ? ('ISSUE' as const) : ('RETURN' as const),
          // What comes back does so when it is credited, not on the day on which the invoice supplied it.
          movedOn: invoice.correctsId ? invoice.issuedOn : invoice.suppliedOn,
          source: { type: INVOICE_SOURCE, id: invoice.id, line: line.position },
        },
      ];
    }),
  );
}

const negated = (quantity: string) => (quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`);

async function markPosted(
  tx: Tx,
  invoices: readonly SalesInvoiceRow[],
  numbers: ReadonlyMap<string, string>,
  entryIds: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  const seller = (await published<SellerSnapshot>(tx, 'identity.Company', [tx.tenantId])).get(tx.tenantId) ?? null;
  await tx.query(
    `UPDATE sales.sales_invoice i SET status = 'POSTED', number = p.number, journal_entry_id = p.entry_id, seller = $4::jsonb, posted_at = now(),
       payment_status = CASE WHEN i.gross = 0 THEN 'PAID' ELSE 'OPEN' END, version = i.version + 1, updated_at = now()
     FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS p (id, number, entry_id) WHERE i.id = p.id`,
    [
      invoices.map((invoice) => invoice.id),
      invoices.map((invoice) => numbers.get(invoice.id)),
      invoices.map((invoice) => entryIds.get(invoice.id) ?? null),
      seller && JSON.stringify(seller),
    ],
    'mark_posted',
  );
}

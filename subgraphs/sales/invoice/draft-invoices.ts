import { today } from '@valeo/kit/day.ts';
import { dueDate } from '@valeo/kit/due-date.ts';
import { takenExternalNumbers } from '@valeo/kit/external-numbers.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { amountOf } from '@valeo/money/money.ts';
import { draftedOf } from '../document/drafted.ts';
import { PRICE_CODES, type PricedDocument, priceDocuments } from '../document/price-documents.ts';
import { refreshChain } from '../document/refresh-chain.ts';
import { correctedInvoices, overCorrected } from './corrections.ts';
import type { InvoiceInput } from './invoice.input.ts';
import { salesInvoice } from './invoice.tables.ts';

export const DRAFT_CODES = [
  ...PRICE_CODES,
  'EXTERNAL_NUMBER_TAKEN',
  'UNKNOWN_DELIVERY',
  'UNKNOWN_ORDER',
  'UNKNOWN_ORDER_LINE',
  'UNKNOWN_INVOICE',
  'OVER_INVOICED',
] as const;
export type DraftCode = (typeof DRAFT_CODES)[number];

/** An input with everything looked up and computed, ready to be stored. */
export type PreparedInvoice = PricedDocument<InvoiceInput>;

/** Looks up what all inputs name and computes the totals. `at(index)` names an input in faults. */
export async function prepareInvoices(
  tx: Tx,
  inputs: readonly InvoiceInput[],
  at: (index: number) => string,
): Promise<Result<PreparedInvoice[], DraftCode>> {
  const unknown = await unknownLinks(tx, inputs, at);
  const corrected = await correctedInvoices(tx, inputs, at);
  const faults = [...unknown, ...corrected.faults];
  const [first] = faults;
  if (first) return fail(first.code as DraftCode, { params: { ...first.params }, fields: faults });
  // What an invoice charged is taken back at the rates it was charged at (§ 17 UStG).
  return priceDocuments(
    tx,
    inputs,
    at,
    (input) => corrected.suppliedOn.get(input.correctsId ?? '') ?? input.suppliedOn,
  );
}

/** A line that names a delivery moves no stock, so the delivery must be one that was shipped to this customer. */
async function unknownLinks(
  tx: Tx,
  inputs: readonly InvoiceInput[],
  at: (index: number) => string,
): Promise<FieldFault[]> {
  const deliveries = inputs.flatMap((input, index) =>
    input.lines.flatMap(({ deliveryId }, line) =>
      deliveryId ? [{ id: deliveryId, customer: input.customerId, path: `${at(index)}lines.${line}.deliveryId` }] : [],
    ),
  );
  // What has come back can be credited, but not billed.
  const credited = linksOf(inputs.flatMap((input) => (input.kind === 'CREDIT_NOTE' ? { input } : []))).deliveryIds;
  const orders = inputs.flatMap((input, index) =>
    input.orderId ? [{ id: input.orderId, customer: input.customerId, path: `${at(index)}orderId` }] : [],
  );
  const missing = async (
    links: typeof deliveries,
    sql: string,
    code: DraftCode,
    more: readonly unknown[] = [],
  ): Promise<FieldFault[]> => {
    if (links.length === 0) return [];
    const ids = [...new Set(links.map(({ id }) => id))];
    const rows = await tx.query<{ id: string; customer_id: string }>(sql, [ids, ...more]);
    const customers = new Map(rows.map((row) => [row.id, row.customer_id]));
    return links.flatMap(({ id, customer, path }) => (customers.get(id) === customer ? [] : [{ path, code }]));
  };
  // Locked, orders first as when they are shipped, so that two who bill the same see each other's quantities.
  const unknownOrders = await missing(
    orders,
    'SELECT id, customer_id FROM sales.sales_order WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    'UNKNOWN_ORDER',
  );
  const unknownDeliveries = await missing(
    deliveries,
    `SELECT id, customer_id FROM sales.delivery
     WHERE id = ANY($1::uuid[]) AND (status = 'SHIPPED' OR (status = 'RETURNED' AND id = ANY($2::uuid[]))) ORDER BY id FOR UPDATE`,
    'UNKNOWN_DELIVERY',
    [credited],
  );
  if (unknownOrders.length > 0) return [...unknownDeliveries, ...unknownOrders];
  return [...unknownDeliveries, ...(await unknownOrderLines(tx, inputs, at))];
}

/**
 * What a line bills counts at the order's line that it names; one that is not there would count nowhere, and another article as
 * what was ordered (rule 84).
 */
async function unknownOrderLines(
  tx: Tx,
  inputs: readonly InvoiceInput[],
  at: (index: number) => string,
): Promise<FieldFault[]> {
  const named = inputs.flatMap(({ orderId, lines }, index) =>
    lines.flatMap(({ articleId, orderLine }, line) =>
      orderLine == null
        ? []
        : [{ key: `${orderId} ${orderLine}`, articleId, path: `${at(index)}lines.${line}.orderLine` }],
    ),
  );
  if (named.length === 0) return [];
  const rows = await tx.query<{ key: string; article_id: string; sku: string }>(
    `SELECT order_id || ' ' || position AS key, article_id, sku FROM sales.sales_order_line WHERE order_id = ANY($1::uuid[])`,
    [[...new Set(inputs.flatMap(({ orderId }) => orderId ?? []))]],
    'lines_of_orders',
  );
  const ordered = new Map(rows.map((row) => [row.key, row]));
  return named.flatMap(({ key, articleId, path }): FieldFault[] => {
    const line = ordered.get(key);
    if (line?.article_id === articleId) return [];
    const params = line && { sentence: 'UNKNOWN_ORDER_LINE.OTHER_ARTICLE', sku: line.sku };
    return [{ path, code: 'UNKNOWN_ORDER_LINE', ...(params && { params }) }];
  });
}

/**
 * Stores drafts, all or none, in a fixed number of statements; answers their ids in the order of the inputs. The single
 * mutation, the bulk mutation and the import of a year all come through here.
 */
export async function draftInvoices(
  tx: Tx,
  inputs: readonly InvoiceInput[],
  at: (index: number) => string = (index) => `items.${index}.`,
): Promise<Result<string[], DraftCode>> {
  const taken = await takenExternalNumbers(tx, salesInvoice, inputs, at);
  if (taken.length > 0) return fail('EXTERNAL_NUMBER_TAKEN', { params: { ...taken[0]?.params }, fields: taken });
  const prepared = await prepareInvoices(tx, inputs, at);
  if (!prepared.ok) return prepared;
  const heads = prepared.value.map(headOf);
  await tx.query(
    `INSERT INTO sales.sales_invoice (id, tenant_id, kind, status, payment_status, customer_id, customer_name, customer_number, customer_vat_id,
       customer_address, country, issued_on, supplied_on, due_on, payment_term_days, net, tax, gross, open_amount, line_count, note, reference,
       external_source, external_number, order_id, corrects_id, created_by)
     SELECT id, $1, kind, 'DRAFT', 'OPEN', "customerId", "customerName", "customerNumber", "customerVatId", "customerAddress", country,
       "issuedOn", "suppliedOn", "dueOn", "paymentTermDays", net, tax, gross, gross, "lineCount", note, reference, "externalSource",
       "externalNumber", "orderId", "correctsId", nullif(current_setting('app.user_id', true), '')::uuid
     FROM jsonb_to_recordset($2) AS h (id uuid, kind text, "customerId" uuid, "customerName" text, "customerNumber" text, "customerVatId" text,
       "customerAddress" jsonb, country text, "issuedOn" date, "suppliedOn" date, "dueOn" date, "paymentTermDays" int, net numeric, tax numeric,
       gross numeric, "lineCount" int, note text, reference text, "externalSource" text, "externalNumber" text, "orderId" uuid, "correctsId" uuid)`,
    [tx.tenantId, JSON.stringify(heads)],
    'insert_sales_invoices',
  );
  await insertLines(tx, prepared.value);
  const links = linksOf(prepared.value);
  await refreshChain(tx, links);
  const over = await overInvoiced(tx, prepared.value);
  return over ? fail('OVER_INVOICED', { params: over }) : ok(prepared.value.map((invoice) => invoice.id));
}

/** Orders and deliveries that documents bill. */
export const linksOf = (invoices: readonly Pick<PreparedInvoice, 'input'>[]) => ({
  orderIds: invoices.flatMap(({ input }) => input.orderId ?? []),
  deliveryIds: invoices.flatMap(({ input }) => input.lines.flatMap(({ deliveryId }) => deliveryId ?? [])),
});

/** The columns of a document's head that come from its input. */
export function headOf({ id, input, partner, totals }: PreparedInvoice) {
  const issuedOn = input.issuedOn ?? today();
  const paymentTermDays = input.paymentTermDays ?? partner.paymentTermDays;
  return {
    id,
    kind: input.kind ?? 'INVOICE',
    customerId: input.customerId,
    customerName: partner.name,
    customerNumber: partner.number,
    customerVatId: partner.vatId,
    customerAddress: partner.billingAddress,
    country: input.country ?? partner.country,
    issuedOn,
    suppliedOn: input.suppliedOn,
    dueOn: dueDate(issuedOn, paymentTermDays),
    paymentTermDays,
    net: amountOf(totals.net),
    tax: amountOf(totals.tax),
    gross: amountOf(totals.gross),
    lineCount: totals.lineNets.length,
    note: input.note ?? null,
    reference: input.reference ?? null,
    externalSource: input.externalSource ?? null,
    externalNumber: input.externalNumber ?? null,
    orderId: input.orderId ?? null,
    correctsId: input.correctsId ?? null,
  };
}

/** Lines and VAT groups of new documents. Arrays, not JSON: half a million lines go through here. */
export async function insertLines(tx: Tx, invoices: readonly PreparedInvoice[]): Promise<void> {
  const lines = invoices.flatMap((invoice) =>
    invoice.lines.map((line, index) => ({
      ...line,
      deliveryId: invoice.input.lines[index]?.deliveryId ?? null,
      orderLine: invoice.input.lines[index]?.orderLine ?? null,
      invoiceId: invoice.id,
      position: index + 1,
      net: amountOf(invoice.totals.lineNets[index] ?? 0n),
    })),
  );
  await tx.query(
    `INSERT INTO sales.sales_invoice_line (tenant_id, invoice_id, position, article_id, sku, description, unit, quantity, unit_price, tax_code, net, delivery_id, order_line)
     SELECT $1, l.* FROM unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::numeric[], $10::text[],
       $11::numeric[], $12::uuid[], $13::int[]) AS l`,
    [
      tx.tenantId,
      lines.map((line) => line.invoiceId),
      lines.map((line) => line.position),
      lines.map((line) => line.articleId),
      lines.map((line) => line.sku),
      lines.map((line) => line.description),
      lines.map((line) => line.unit),
      lines.map((line) => line.quantity),
      lines.map((line) => line.unitPrice),
      lines.map((line) => line.taxCode),
      lines.map((line) => line.net),
      lines.map((line) => line.deliveryId),
      lines.map((line) => line.orderLine),
    ],
    'insert_sales_invoice_lines',
  );
  const groups = invoices.flatMap((invoice) =>
    invoice.totals.groups.map((group) => ({ ...group, invoiceId: invoice.id })),
  );
  await tx.query(
    `INSERT INTO sales.sales_invoice_tax (tenant_id, invoice_id, tax_code, rate, net, tax)
     SELECT $1, g.* FROM unnest($2::uuid[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[]) AS g`,
    [
      tx.tenantId,
      groups.map((group) => group.invoiceId),
      groups.map((group) => group.taxCode),
      groups.map((group) => group.rate),
      groups.map((group) => amountOf(group.net)),
      groups.map((group) => amountOf(group.tax)),
    ],
    'insert_sales_invoice_taxes',
  );
}

/**
 * An article of which more is billed than was ordered, or than came with a delivery (rule 84), or more credited than was billed.
 * Asked once the links are up to date.
 */
export const overInvoiced = async (
  tx: Tx,
  invoices: readonly PreparedInvoice[],
): Promise<Readonly<Record<string, string>> | undefined> =>
  (await overLinked(tx, invoices)) ?? overCorrected(tx, invoices);

async function overLinked(
  tx: Tx,
  invoices: readonly PreparedInvoice[],
): Promise<Readonly<Record<string, string>> | undefined> {
  const { orderIds, deliveryIds } = linksOf(invoices);
  if (orderIds.length === 0 && deliveryIds.length === 0) return undefined;
  const credits = invoices.filter(({ input }) => input.kind === 'CREDIT_NOTE');
  const bills = invoices.filter((invoice) => !credits.includes(invoice));
  const [over] = await tx.query<{ sku: string }>(
    `(SELECT sku FROM sales.sales_order_line WHERE order_id = ANY($1::uuid[]) AND invoiced > quantity LIMIT 1)
     UNION ALL
     (SELECT sku FROM (${billedOfDeliveries}) billed WHERE quantity > delivered OR quantity - credited > delivered - returned LIMIT 1)`,
    [orderIds, linksOf(bills).deliveryIds],
    'over_invoiced',
  );
  if (over) return { sku: over.sku };
  const goneBefore = await leavingTwice(tx, orderIds);
  if (goneBefore !== undefined) return { sku: goneBefore, sentence: 'OVER_INVOICED.DELIVERED' };
  const sku = await overCredited(tx, linksOf(credits));
  return sku === undefined ? undefined : { sku, sentence: 'OVER_INVOICED.CREDITED' };
}

/** By delivery ($2) and article: what is billed of it, what of that is credited, and how much was delivered and has come back. */
export const billedOfDeliveries = `
  SELECT l.delivery_id, l.article_id, min(l.sku) AS sku, coalesce(sum(l.quantity) FILTER (WHERE i.kind = 'INVOICE'), 0) AS quantity,
         coalesce(sum(l.quantity) FILTER (WHERE i.kind = 'CREDIT_NOTE' AND i.status = 'POSTED'), 0) AS credited,
         (SELECT coalesce(sum(d.quantity), 0) FROM sales.delivery_line d WHERE d.delivery_id = l.delivery_id AND d.article_id = l.article_id) AS delivered,
         (SELECT coalesce(sum(d.returned), 0) FROM sales.delivery_line d WHERE d.delivery_id = l.delivery_id AND d.article_id = l.article_id) AS returned
  FROM sales.sales_invoice_line l JOIN sales.sales_invoice i ON i.id = l.invoice_id
  WHERE l.delivery_id = ANY($2::uuid[]) AND i.status <> 'CANCELLED' AND i.cancels_id IS NULL GROUP BY 1, 2`;

/** Goods that a draft would send once more, since its line names the order's line and not the delivery that they left with. */
async function leavingTwice(tx: Tx, orderIds: readonly string[]): Promise<string | undefined> {
  if (orderIds.length === 0) return undefined;
  const [line] = await tx.query<{ sku: string }>(
    `SELECT sku FROM (SELECT *, ${draftedOf('o')} AS drafted FROM sales.sales_order_line o WHERE order_id = ANY($1::uuid[]) AND kind = 'GOODS') line
     WHERE drafted > 0 AND delivered + drafted > quantity LIMIT 1`,
    [orderIds],
    'goods_leaving_twice',
  );
  return line?.sku;
}

/** What a credit note takes back of an order's line or of a delivery must have been billed, and not been credited before. */
async function overCredited(
  tx: Tx,
  { orderIds, deliveryIds }: ReturnType<typeof linksOf>,
): Promise<string | undefined> {
  if (orderIds.length === 0 && deliveryIds.length === 0) return undefined;
  const [over] = await tx.query<{ sku: string }>(
    `WITH line AS (
       SELECT i.order_id, l.order_line, l.delivery_id, l.article_id, l.sku,
              CASE WHEN i.kind = 'CREDIT_NOTE' THEN l.quantity ELSE -l.quantity END AS credited
       FROM sales.sales_invoice_line l JOIN sales.sales_invoice i ON i.id = l.invoice_id
       WHERE (i.order_id = ANY($1::uuid[]) OR l.delivery_id = ANY($2::uuid[])) AND i.cancels_id IS NULL
         AND (i.status = 'POSTED' OR (i.status = 'DRAFT' AND i.kind = 'CREDIT_NOTE'))
     )
     (SELECT min(sku) AS sku FROM line WHERE order_id = ANY($1::uuid[]) AND order_line IS NOT NULL
      GROUP BY order_id, order_line HAVING sum(credited) > 0 LIMIT 1)
     UNION ALL
     (SELECT min(sku) FROM line WHERE delivery_id = ANY($2::uuid[]) GROUP BY delivery_id, article_id HAVING sum(credited) > 0 LIMIT 1)`,
    [orderIds, deliveryIds],
    'over_credited',
  );
  return over?.sku;
}

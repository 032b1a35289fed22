import { isTaxCode, taxRate } from '@valeo/finance/ledger/ledger.ts';
import { newId } from '@valeo/kit/ids.ts';
import { published } from '@valeo/kit/published.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { amountOf } from '@valeo/money/money.ts';
import { type DocumentTotals, documentTotals } from '@valeo/money/totals.ts';
import type { ArticleState, PartnerState } from '../published-state.ts';
import { dueDate } from './due-date.ts';
import type { InvoiceInput } from './invoice.input.ts';

export const DRAFT_CODES = [
  'UNKNOWN_CUSTOMER',
  'UNKNOWN_ARTICLE',
  'UNKNOWN_TAX_CODE',
  'VAT_ID_REQUIRED',
  'EXTERNAL_NUMBER_TAKEN',
] as const;
export type DraftCode = (typeof DRAFT_CODES)[number];

interface PricedLine {
  readonly articleId: string;
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly taxCode: string;
  readonly deliveryId: string | null;
}

/** An input with everything looked up and computed, ready to be stored. */
export interface PreparedInvoice {
  readonly id: string;
  readonly input: InvoiceInput;
  readonly partner: PartnerState;
  readonly lines: readonly PricedLine[];
  readonly totals: DocumentTotals;
}

/** Only where the buyer's VAT id makes the supply tax-free (rule 11). */
const NEEDS_VAT_ID = new Set(['IGL', 'S21', 'R60', 'DREI42']);

/**
 * Looks up customers, articles and rates for all inputs at once and computes the totals. `at(index)` names an input in faults.
 */
export async function prepareInvoices(
  tx: Tx,
  inputs: readonly InvoiceInput[],
  at: (index: number) => string,
): Promise<Result<PreparedInvoice[], DraftCode>> {
  const partners = await published<PartnerState>(tx, 'crm.BusinessPartner', [
    ...new Set(inputs.map((input) => input.customerId)),
  ]);
  const articleIds = new Set(inputs.flatMap((input) => input.lines.map((line) => line.articleId)));
  const articles = await published<ArticleState>(tx, 'inventory.Article', [...articleIds]);
  const faults: FieldFault[] = [];
  const prepared = inputs.flatMap((input, index): PreparedInvoice[] => {
    const fault = (path: string, code: DraftCode, params = {}) =>
      faults.push({ path: `${at(index)}${path}`, code, params });
    const partner = partners.get(input.customerId.toLowerCase());
    if (!partner) fault('customerId', 'UNKNOWN_CUSTOMER');
    const lines = input.lines.flatMap((line, position): PricedLine[] => {
      const article = articles.get(line.articleId.toLowerCase());
      if (!article) fault(`lines.${position}.articleId`, 'UNKNOWN_ARTICLE');
      const taxCode = line.taxCode ?? article?.taxCode ?? '';
      if (article && !isTaxCode(taxCode, 'SALE')) fault(`lines.${position}.taxCode`, 'UNKNOWN_TAX_CODE', { taxCode });
      if (partner && !partner.vatId && NEEDS_VAT_ID.has(taxCode))
        fault(`lines.${position}.taxCode`, 'VAT_ID_REQUIRED', { taxCode });
      return article
        ? [
            {
              articleId: line.articleId,
              sku: article.sku,
              description: line.description ?? article.name,
              unit: article.unit,
              quantity: line.quantity,
              unitPrice: line.unitPrice ?? article.price,
              taxCode,
              deliveryId: line.deliveryId ?? null,
            },
          ]
        : [];
    });
    if (!partner || faults.length > 0) return [];
    const totals = documentTotals(lines, (code) => taxRate(code, input.suppliedOn) ?? '0');
    return [{ id: newId(), input, partner, lines, totals }];
  });
  const [first] = faults;
  if (first) return fail(first.code as DraftCode, { params: { ...first.params }, fields: faults });
  return ok(prepared);
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
  const taken = await takenExternalNumbers(tx, inputs, at);
  if (taken.length > 0) return fail('EXTERNAL_NUMBER_TAKEN', { params: { ...taken[0]?.params }, fields: taken });
  const prepared = await prepareInvoices(tx, inputs, at);
  if (!prepared.ok) return prepared;
  const heads = prepared.value.map(headOf);
  await tx.query(
    `INSERT INTO sales.sales_invoice (id, tenant_id, kind, status, payment_status, customer_id, customer_name, customer_number, customer_vat_id,
       customer_address, country, issued_on, supplied_on, due_on, payment_term_days, net, tax, gross, open_amount, line_count, note, reference,
       external_source, external_number, order_id, created_by)
     SELECT id, $1, kind, 'DRAFT', 'OPEN', "customerId", "customerName", "customerNumber", "customerVatId", "customerAddress", country,
       "issuedOn", "suppliedOn", "dueOn", "paymentTermDays", net, tax, gross, gross, "lineCount", note, reference, "externalSource",
       "externalNumber", "orderId", nullif(current_setting('app.user_id', true), '')::uuid
     FROM jsonb_to_recordset($2) AS h (id uuid, kind text, "customerId" uuid, "customerName" text, "customerNumber" text, "customerVatId" text,
       "customerAddress" jsonb, country text, "issuedOn" date, "suppliedOn" date, "dueOn" date, "paymentTermDays" int, net numeric, tax numeric,
       gross numeric, "lineCount" int, note text, reference text, "externalSource" text, "externalNumber" text, "orderId" uuid)`,
    [tx.tenantId, JSON.stringify(heads)],
    'insert_sales_invoices',
  );
  await insertLines(tx, prepared.value);
  return ok(prepared.value.map((invoice) => invoice.id));
}

/** The columns of a document's head that come from its input. */
export function headOf({ id, input, partner, totals }: PreparedInvoice) {
  const issuedOn = input.issuedOn ?? new Date().toISOString().slice(0, 10);
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
  };
}

/** Lines and VAT groups of new documents. Arrays, not JSON: half a million lines go through here. */
export async function insertLines(tx: Tx, invoices: readonly PreparedInvoice[]): Promise<void> {
  const lines = invoices.flatMap((invoice) =>
    invoice.lines.map((line, index) => ({
      ...line,
      invoiceId: invoice.id,
      position: index + 1,
      net: amountOf(invoice.totals.lineNets[index] ?? 0n),
    })),
  );
  await tx.query(
    `INSERT INTO sales.sales_invoice_line (tenant_id, invoice_id, position, article_id, sku, description, unit, quantity, unit_price, tax_code, net, delivery_id)
     SELECT $1, l.* FROM unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::numeric[], $10::text[],
       $11::numeric[], $12::uuid[]) AS l`,
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

async function takenExternalNumbers(
  tx: Tx,
  inputs: readonly InvoiceInput[],
  at: (index: number) => string,
): Promise<FieldFault[]> {
  const external = inputs.flatMap((input, index) =>
    input.externalNumber ? [{ index, number: input.externalNumber, source: input.externalSource ?? '' }] : [],
  );
  if (external.length === 0) return [];
  const rows = await tx.query<{ position: number }>(
    `SELECT w.position FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (source, number, position)
     WHERE EXISTS (SELECT FROM sales.sales_invoice i WHERE i.external_source = w.source AND i.external_number = w.number)`,
    [external.map((item) => item.source), external.map((item) => item.number)],
    'taken_external_numbers',
  );
  return rows.flatMap(({ position }) => {
    const item = external[position - 1];
    return item
      ? [{ path: `${at(item.index)}externalNumber`, code: 'EXTERNAL_NUMBER_TAKEN', params: { number: item.number } }]
      : [];
  });
}

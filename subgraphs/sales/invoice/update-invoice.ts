import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { trimDecimal } from '@valeo/money/decimal.ts';
import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { refreshChain } from '../document/refresh-chain.ts';
import { DRAFT_CODES, headOf, insertLines, linksOf, overInvoiced, prepareInvoices } from './draft-invoices.ts';
import { chainOf } from './invoice.chain.ts';
import { type InvoiceInput, zInvoiceChange } from './invoice.input.ts';
import { salesInvoices } from './invoice.list.ts';
import { lockInvoice } from './invoice.queries.ts';
import { type SalesInvoiceRow, salesInvoiceLine } from './invoice.tables.ts';

export const updateSalesInvoice = defineMutation({
  name: 'updateSalesInvoice',
  description:
    'Changes a draft; what is not given stays, and lines are replaced as a whole. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'sales:write',
  input: zInvoiceChange,
  errors: ['NOT_FOUND', 'NOT_DRAFT', 'CONFLICT', ...DRAFT_CODES],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const before = await lockInvoice(tx, input.id);
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before);
    if (before.status !== 'DRAFT') return fail('NOT_DRAFT', { params: { number: before.number ?? '' } });
    const prepared = await prepareInvoices(tx, [await merged(tx, before, input)], () => '');
    if (!prepared.ok) return prepared;
    const [invoice] = prepared.value;
    if (!invoice) return fail('NOT_FOUND');
    const replaced = { ...invoice, id: before.id };
    const links = await chainOf(tx, [before.id]);
    await tx.query('DELETE FROM sales.sales_invoice_line WHERE invoice_id = $1', [before.id]);
    await tx.query('DELETE FROM sales.sales_invoice_tax WHERE invoice_id = $1', [before.id]);
    await tx.query(
      `UPDATE sales.sales_invoice i SET kind = h.kind, customer_id = h."customerId", customer_name = h."customerName", customer_number = h."customerNumber",
         customer_vat_id = h."customerVatId", customer_address = h."customerAddress", country = h.country, issued_on = h."issuedOn",
         supplied_on = h."suppliedOn", due_on = h."dueOn", payment_term_days = h."paymentTermDays", net = h.net, tax = h.tax, gross = h.gross,
         open_amount = h.gross, line_count = h."lineCount", note = h.note, reference = h.reference, order_id = h."orderId",
         corrects_id = h."correctsId",
         version = i.version + 1, updated_at = now()
       FROM jsonb_to_record($1) AS h (id uuid, kind text, "customerId" uuid, "customerName" text, "customerNumber" text, "customerVatId" text,
         "customerAddress" jsonb, country text, "issuedOn" date, "suppliedOn" date, "dueOn" date, "paymentTermDays" int, net numeric, tax numeric,
         gross numeric, "lineCount" int, note text, reference text, "orderId" uuid, "correctsId" uuid)
       WHERE i.id = h.id`,
      [JSON.stringify(headOf(replaced))],
    );
    await insertLines(tx, [replaced]);
    await refreshChain(tx, links);
    await refreshChain(tx, linksOf([replaced]));
    const over = await overInvoiced(tx, [replaced]);
    if (over) return failField('OVER_INVOICED', 'lines', over);
    return ok({ salesInvoice: before.id });
  },
});

/** The draft as it shall be: what is given, and for the rest what stands. */
async function merged(tx: Tx, before: SalesInvoiceRow, change: z.infer<typeof zInvoiceChange>): Promise<InvoiceInput> {
  const { id, version, idempotencyKey, ...fields } = change;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  // The lines name positions of the order that the draft was of.
  const isOfOrder = fields.orderId === undefined || fields.orderId === before.orderId;
  return {
    kind: before.kind,
    customerId: before.customerId,
    suppliedOn: before.suppliedOn,
    issuedOn: before.issuedOn,
    paymentTermDays: before.paymentTermDays,
    country: before.country,
    note: before.note,
    reference: before.reference,
    orderId: before.orderId,
    correctsId: before.correctsId,
    lines: given.lines ? [] : await linesAsInput(tx, before.id, isOfOrder),
    ...given,
  };
}

async function linesAsInput(tx: Tx, invoiceId: string, isOfOrder: boolean): Promise<InvoiceInput['lines']> {
  const rows = await tx.db
    .select()
    .from(salesInvoiceLine)
    .where(eq(salesInvoiceLine.invoiceId, invoiceId))
    .orderBy(asc(salesInvoiceLine.position));
  return rows.map(({ articleId, description, quantity, unitPrice, taxCode, deliveryId, orderLine }) => ({
    articleId,
    description,
    quantity: trimDecimal(quantity),
    unitPrice: trimDecimal(unitPrice),
    taxCode,
    deliveryId,
    orderLine: isOfOrder ? orderLine : null,
  }));
}

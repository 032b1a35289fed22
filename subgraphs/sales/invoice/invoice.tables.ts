import { nameText, recordColumns } from '@valeo/kit/columns.ts';
import type { PostalAddress } from '@valeo/kit/validate.ts';
import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { salesSchema } from '../sales.schema.ts';

const amount = (name: string) => numeric(name, { precision: 19, scale: 2 }).notNull();
const day = (name: string) => date(name, { mode: 'string' });
const signed = (name: string, of: string) =>
  amount(name).generatedAlwaysAs(sql.raw(`case kind when 'CREDIT_NOTE' then -${of} else ${of} end`));

/** Invoices and credit notes. Customer and seller are copied in, so that a document reads the same forever (rule 44). */
export const salesInvoice = salesSchema.table(
  'sales_invoice',
  {
    ...recordColumns(),
    /** INVOICE or CREDIT_NOTE; amounts are positive in both. */
    kind: text('kind').$type<'INVOICE' | 'CREDIT_NOTE'>().notNull(),
    /** Drawn when it is posted (rule 22); a draft has none. */
    number: text('number'),
    numberKey: text('number_key').notNull().generatedAlwaysAs(sql`coalesce(number, '')`),
    status: text('status').$type<'DRAFT' | 'POSTED' | 'CANCELLED'>().notNull(),
    paymentStatus: text('payment_status').$type<'OPEN' | 'PARTIAL' | 'PAID'>().notNull(),
    customerId: uuid('customer_id').notNull(),
    customerName: nameText('customer_name').notNull(),
    customerNumber: text('customer_number').notNull(),
    customerVatId: text('customer_vat_id'),
    customerAddress: jsonb('customer_address').$type<PostalAddress>(),
    /** Country of the supply; the customer's unless the document says otherwise. */
    country: text('country').notNull(),
    seller: jsonb('seller').$type<SellerSnapshot>(),
    issuedOn: day('issued_on').notNull(),
    suppliedOn: day('supplied_on').notNull(),
    dueOn: day('due_on').notNull(),
    paymentTermDays: integer('payment_term_days').notNull(),
    currency: text('currency').notNull().default('EUR'),
    net: amount('net'),
    tax: amount('tax'),
    gross: amount('gross'),
    openAmount: amount('open_amount'),
    /** What credit notes take away: lists are sorted, filtered and added up by these. */
    signedNet: signed('signed_net', 'net'),
    signedTax: signed('signed_tax', 'tax'),
    signedGross: signed('signed_gross', 'gross'),
    signedOpenAmount: signed('signed_open_amount', 'open_amount'),
    lineCount: integer('line_count').notNull(),
    note: text('note'),
    /** The customer's order number. */
    reference: text('reference'),
    externalSource: text('external_source'),
    externalNumber: text('external_number'),
    journalEntryId: uuid('journal_entry_id'),
    /** The invoice that a credit note corrects (§ 31 (5) UStDV). */
    correctsId: uuid('corrects_id'),
    cancelsId: uuid('cancels_id'),
    cancelledById: uuid('cancelled_by_id'),
    cancelReason: text('cancel_reason'),
    orderId: uuid('order_id'),
    postedAt: timestamp('posted_at', { withTimezone: true, mode: 'string' }),
    createdBy: uuid('created_by'),
  },
  (t) => [
    uniqueIndex('sales_invoice_number').on(t.tenantId, t.number),
    uniqueIndex('sales_invoice_external').on(t.tenantId, t.externalSource, t.externalNumber),
    index('sales_invoice_by_day').on(t.tenantId, t.issuedOn, t.id),
    index('sales_invoice_by_number').on(t.tenantId, t.numberKey, t.id),
    index('sales_invoice_by_gross').on(t.tenantId, t.gross, t.id),
    index('sales_invoice_by_due').on(t.tenantId, t.dueOn, t.id),
    index('sales_invoice_by_customer_name').on(t.tenantId, t.customerName, t.id),
    index('sales_invoice_by_open').on(t.tenantId, t.openAmount, t.id),
    index('sales_invoice_by_signed_gross').on(t.tenantId, t.signedGross, t.id),
    index('sales_invoice_by_signed_open').on(t.tenantId, t.signedOpenAmount, t.id),
    index('sales_invoice_by_status').on(t.tenantId, t.status, t.issuedOn, t.id),
    index('sales_invoice_by_order').on(t.tenantId, t.orderId).where(sql`order_id is not null`),
    index('sales_invoice_by_corrected').on(t.tenantId, t.correctsId).where(sql`corrects_id is not null`),
    index('sales_invoice_by_customer').on(t.tenantId, t.customerId, t.issuedOn, t.id),
    index('sales_invoice_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('sales_invoice_draft_has_no_number', sql`(status = 'DRAFT') = (number is null)`),
    check('sales_invoice_credit_notes_correct', sql`corrects_id is null or kind = 'CREDIT_NOTE'`),
    check('sales_invoice_total', sql`gross = net + tax`),
    check('sales_invoice_open', sql`open_amount between 0 and gross`),
  ],
);
export type SalesInvoiceRow = typeof salesInvoice.$inferSelect;

/** The company as it stands on the document (§ 14 UStG). */
export interface SellerSnapshot {
  readonly name?: string;
  readonly legalName?: string | null;
  readonly address?: PostalAddress | null;
  readonly taxNumber?: string | null;
  readonly vatId?: string | null;
  readonly iban?: string | null;
  readonly bic?: string | null;
  readonly bankName?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
}

export const salesInvoiceLine = salesSchema.table(
  'sales_invoice_line',
  {
    tenantId: uuid('tenant_id').notNull(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => salesInvoice.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    articleId: uuid('article_id').notNull(),
    sku: text('sku').notNull(),
    description: text('description').notNull(),
    unit: text('unit').notNull(),
    quantity: numeric('quantity', { precision: 15, scale: 4 }).notNull(),
    unitPrice: numeric('unit_price', { precision: 15, scale: 4 }).notNull(),
    taxCode: text('tax_code').notNull(),
    net: amount('net'),
    /** The delivery that moved the goods; without one the invoice moves them. */
    deliveryId: uuid('delivery_id'),
    /** Position of the line of the document's order that it bills. */
    orderLine: integer('order_line'),
  },
  (t) => [
    primaryKey({ columns: [t.invoiceId, t.position] }),
    index('sales_invoice_line_by_article').on(t.tenantId, t.articleId),
    index('sales_invoice_line_by_delivery').on(t.deliveryId).where(sql`delivery_id is not null`),
  ],
);
export type SalesInvoiceLineRow = typeof salesInvoiceLine.$inferSelect;

/** VAT per code: computed once on the sum of the lines (rule 3). */
export const salesInvoiceTax = salesSchema.table(
  'sales_invoice_tax',
  {
    tenantId: uuid('tenant_id').notNull(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => salesInvoice.id, { onDelete: 'cascade' }),
    taxCode: text('tax_code').notNull(),
    /** Percent on the date of supply. */
    rate: numeric('rate', { precision: 5, scale: 2 }).notNull(),
    net: amount('net'),
    tax: amount('tax'),
  },
  (t) => [primaryKey({ columns: [t.invoiceId, t.taxCode] })],
);
export type SalesInvoiceTaxRow = typeof salesInvoiceTax.$inferSelect;

/** Money that came in for an invoice; append-only. */
export const payment = salesSchema.table(
  'payment',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => salesInvoice.id),
    amount: amount('amount'),
    /** Cash discount granted with it; together they reduced what was open. */
    discount: amount('discount').default('0'),
    receivedOn: day('received_on').notNull(),
    account: text('account').notNull(),
    journalEntryId: uuid('journal_entry_id').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [index('payment_of_invoice').on(t.tenantId, t.invoiceId)],
);

/** A payment that was taken back: once at most, by an entry of its own, while the payment stays as it was; append-only. */
export const paymentCancellation = salesSchema.table('payment_cancellation', {
  paymentId: uuid('payment_id')
    .primaryKey()
    .references(() => payment.id),
  tenantId: uuid('tenant_id').notNull(),
  cancelledOn: day('cancelled_on').notNull(),
  reason: text('reason').notNull(),
  journalEntryId: uuid('journal_entry_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
});

export type SalesPaymentRow = typeof payment.$inferSelect & {
  readonly cancelledOn: string | null;
  readonly cancelReason: string | null;
  readonly cancelEntryId: string | null;
};

/** Last number of each range and fiscal year; drawn in the transaction that posts, so a rollback leaves no gap (rule 22). */
export const numberRange = salesSchema.table(
  'number_range',
  {
    tenantId: uuid('tenant_id').notNull(),
    range: text('range').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.range, t.year] })],
);

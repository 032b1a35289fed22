import { recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import {
  check,
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
import { amount, day, headColumns, quantity, totalColumns } from '../document.columns.ts';
import { purchasingSchema } from '../purchasing.schema.ts';
import type { Difference } from './match-bill.ts';

const signed = (name: string, of: string) =>
  amount(name).generatedAlwaysAs(sql.raw(`case kind when 'CREDIT_NOTE' then -${of} else ${of} end`));

export const BILL_STATES = ['RECEIVED', 'CHECKED', 'POSTED', 'PAID', 'CANCELLED'] as const;

/** Bills of suppliers (Eingangsrechnungen) and their credit notes. */
export const supplierInvoice = purchasingSchema.table(
  'supplier_invoice',
  {
    ...recordColumns(),
    ...headColumns(),
    ...totalColumns(),
    /** INVOICE or CREDIT_NOTE; amounts are positive in both. */
    kind: text('kind').$type<'INVOICE' | 'CREDIT_NOTE'>().notNull().default('INVOICE'),
    status: text('status').$type<(typeof BILL_STATES)[number]>().notNull(),
    /** The number that the supplier gave it. */
    supplierNumber: text('supplier_number').notNull(),
    issuedOn: day('issued_on').notNull(),
    /** Suppliers may start their numbers anew each year, so a number is unique per supplier and year (rule 35). */
    issuedYear: integer('issued_year').notNull().generatedAlwaysAs(sql`extract(year from issued_on)::int`),
    suppliedOn: day('supplied_on').notNull(),
    dueOn: day('due_on').notNull(),
    openAmount: amount('open_amount'),
    /** What credit notes take away: lists are sorted, filtered and added up by these. */
    signedNet: signed('signed_net', 'net'),
    signedTax: signed('signed_tax', 'tax'),
    signedGross: signed('signed_gross', 'gross'),
    signedOpenAmount: signed('signed_open_amount', 'open_amount'),
    /** Total that stands on the supplier's paper; what does not add up is a difference. */
    statedGross: numeric('stated_gross', { precision: 19, scale: 2 }),
    orderId: uuid('order_id'),
    /** The bill that a credit note corrects. */
    correctsId: uuid('corrects_id'),
    /** Found when it was received or last changed: order, receipt and bill compared. */
    differences: jsonb('differences').$type<Difference[]>().notNull(),
    checkNote: text('check_note'),
    checkedBy: uuid('checked_by'),
    journalEntryId: uuid('journal_entry_id'),
    cancelEntryId: uuid('cancel_entry_id'),
    cancelReason: text('cancel_reason'),
    postedAt: timestamp('posted_at', { withTimezone: true, mode: 'string' }),
  },
  (t) => [
    uniqueIndex('supplier_invoice_number').on(t.tenantId, t.number),
    uniqueIndex('supplier_invoice_external').on(t.tenantId, t.externalSource, t.externalNumber),
    uniqueIndex('supplier_invoice_once')
      .on(t.tenantId, t.supplierId, t.supplierNumber, t.issuedYear)
      .where(sql`status <> 'CANCELLED'`),
    index('supplier_invoice_by_day').on(t.tenantId, t.issuedOn, t.id),
    index('supplier_invoice_by_number').on(t.tenantId, t.number, t.id),
    index('supplier_invoice_by_due').on(t.tenantId, t.dueOn, t.id),
    index('supplier_invoice_by_gross').on(t.tenantId, t.gross, t.id),
    index('supplier_invoice_by_open').on(t.tenantId, t.openAmount, t.id),
    index('supplier_invoice_by_supplier_name').on(t.tenantId, t.supplierName, t.id),
    index('supplier_invoice_by_status').on(t.tenantId, t.status, t.issuedOn, t.id),
    index('supplier_invoice_by_supplier').on(t.tenantId, t.supplierId, t.issuedOn, t.id),
    index('supplier_invoice_by_order').on(t.tenantId, t.orderId).where(sql`order_id is not null`),
    index('supplier_invoice_by_corrected').on(t.tenantId, t.correctsId).where(sql`corrects_id is not null`),
    index('supplier_invoice_by_signed_gross').on(t.tenantId, t.signedGross, t.id),
    index('supplier_invoice_by_signed_open').on(t.tenantId, t.signedOpenAmount, t.id),
    index('supplier_invoice_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('supplier_invoice_kind', sql`kind = 'CREDIT_NOTE' or (kind = 'INVOICE' and corrects_id is null)`),
    check('supplier_invoice_total', sql`gross = net + tax`),
    check('supplier_invoice_open', sql`open_amount between 0 and gross`),
  ],
);
export type SupplierInvoiceRow = typeof supplierInvoice.$inferSelect;

export const supplierInvoiceLine = purchasingSchema.table(
  'supplier_invoice_line',
  {
    tenantId: uuid('tenant_id').notNull(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => supplierInvoice.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    /** Null for costs that are no article. */
    articleId: uuid('article_id'),
    description: text('description').notNull(),
    quantity: quantity('quantity').notNull(),
    unitPrice: numeric('unit_price', { precision: 15, scale: 4 }).notNull(),
    taxCode: text('tax_code').notNull(),
    net: amount('net'),
    /** Cost account; the VAT code's own without one. */
    account: text('account'),
    orderLine: integer('order_line'),
  },
  (t) => [
    primaryKey({ columns: [t.invoiceId, t.position] }),
    index('supplier_invoice_line_by_article').on(t.tenantId, t.articleId),
  ],
);
export type SupplierInvoiceLineRow = typeof supplierInvoiceLine.$inferSelect;

/** Money paid for a bill; append-only. */
export const supplierPayment = purchasingSchema.table(
  'supplier_payment',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => supplierInvoice.id),
    amount: amount('amount'),
    /** Cash discount taken with it; together they reduced what was open. */
    discount: amount('discount').default('0'),
    paidOn: day('paid_on').notNull(),
    account: text('account').notNull(),
    journalEntryId: uuid('journal_entry_id').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [index('supplier_payment_of_invoice').on(t.tenantId, t.invoiceId)],
);

/** A payment that was taken back: once at most, by an entry of its own, while the payment stays as it was; append-only. */
export const supplierPaymentCancellation = purchasingSchema.table('supplier_payment_cancellation', {
  paymentId: uuid('payment_id')
    .primaryKey()
    .references(() => supplierPayment.id),
  tenantId: uuid('tenant_id').notNull(),
  cancelledOn: day('cancelled_on').notNull(),
  reason: text('reason').notNull(),
  journalEntryId: uuid('journal_entry_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
});

export type SupplierPaymentRow = typeof supplierPayment.$inferSelect & {
  readonly cancelledOn: string | null;
  readonly cancelReason: string | null;
  readonly cancelEntryId: string | null;
};

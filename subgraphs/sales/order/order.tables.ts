import { recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, headColumns, lineColumns, quantity } from '../document/document.columns.ts';
import { salesSchema } from '../sales.schema.ts';

export const ORDER_STATES = ['DRAFT', 'CONFIRMED', 'CLOSED', 'CANCELLED'] as const;
export type Fulfilment = 'NONE' | 'PARTIAL' | 'COMPLETE';

/** What a customer has ordered. How far it is delivered and billed is kept per line and summed up here. */
export const salesOrder = salesSchema.table(
  'sales_order',
  {
    ...recordColumns(),
    ...headColumns(),
    status: text('status').$type<(typeof ORDER_STATES)[number]>().notNull(),
    deliveryStatus: text('delivery_status').$type<Fulfilment>().notNull(),
    invoiceStatus: text('invoice_status').$type<Fulfilment>().notNull(),
    orderedOn: day('ordered_on').notNull(),
    /** When the customer wants it. */
    requestedOn: day('requested_on'),
    quoteId: uuid('quote_id'),
    /** Why it, or what was not delivered of it, was cancelled. */
    cancelReason: text('cancel_reason'),
  },
  (t) => [
    uniqueIndex('sales_order_number').on(t.tenantId, t.number),
    uniqueIndex('sales_order_external').on(t.tenantId, t.externalSource, t.externalNumber),
    index('sales_order_by_day').on(t.tenantId, t.orderedOn, t.id),
    index('sales_order_by_number').on(t.tenantId, t.number, t.id),
    index('sales_order_by_gross').on(t.tenantId, t.gross, t.id),
    index('sales_order_by_customer_name').on(t.tenantId, t.customerName, t.id),
    index('sales_order_by_status').on(t.tenantId, t.status, t.orderedOn, t.id),
    index('sales_order_by_customer').on(t.tenantId, t.customerId, t.orderedOn, t.id),
    index('sales_order_by_quote').on(t.tenantId, t.quoteId).where(sql`quote_id is not null`),
    index('sales_order_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('sales_order_total', sql`gross = net + tax`),
  ],
);
export type SalesOrderRow = typeof salesOrder.$inferSelect;

export const salesOrderLine = salesSchema.table(
  'sales_order_line',
  {
    ...lineColumns(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => salesOrder.id, { onDelete: 'cascade' }),
    delivered: quantity('delivered').notNull().default('0'),
    invoiced: quantity('invoiced').notNull().default('0'),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.position] }),
    index('sales_order_line_by_article').on(t.tenantId, t.articleId),
    check('sales_order_line_quantities', sql`delivered >= 0 and invoiced >= 0`),
  ],
);
export type SalesOrderLineRow = typeof salesOrderLine.$inferSelect;

import { recordColumns } from '@valeo/kit/columns.ts';
import type { PostalAddress } from '@valeo/kit/validate.ts';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, headColumns, lineColumns, quantity } from '../document/document.columns.ts';
import { salesSchema } from '../sales.schema.ts';

export const DELIVERY_STATES = ['DRAFT', 'SHIPPED', 'RETURNED'] as const;

/** Goods on their way to a customer; stock leaves when it is shipped. */
export const delivery = salesSchema.table(
  'delivery',
  {
    ...recordColumns(),
    ...headColumns(),
    status: text('status').$type<(typeof DELIVERY_STATES)[number]>().notNull(),
    /** Planned, or once shipped, actual day. */
    deliverOn: day('deliver_on').notNull(),
    returnedOn: day('returned_on'),
    returnReason: text('return_reason'),
    address: jsonb('address').$type<PostalAddress>(),
    /** Null: the standard warehouse. */
    warehouseId: uuid('warehouse_id'),
    orderId: uuid('order_id'),
    /** True when an invoice bills it. */
    invoiced: boolean('invoiced').notNull().default(false),
  },
  (t) => [
    uniqueIndex('delivery_number').on(t.tenantId, t.number),
    uniqueIndex('delivery_external').on(t.tenantId, t.externalSource, t.externalNumber),
    index('delivery_by_day').on(t.tenantId, t.deliverOn, t.id),
    index('delivery_by_number').on(t.tenantId, t.number, t.id),
    index('delivery_by_customer_name').on(t.tenantId, t.customerName, t.id),
    index('delivery_by_status').on(t.tenantId, t.status, t.deliverOn, t.id),
    index('delivery_by_customer').on(t.tenantId, t.customerId, t.deliverOn, t.id),
    index('delivery_by_order').on(t.tenantId, t.orderId, t.deliverOn, t.id).where(sql`order_id is not null`),
    index('delivery_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('delivery_returned', sql`(status = 'RETURNED') = (returned_on is not null)`),
  ],
);
export type DeliveryRow = typeof delivery.$inferSelect;

export const deliveryLine = salesSchema.table(
  'delivery_line',
  {
    ...lineColumns(),
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => delivery.id, { onDelete: 'cascade' }),
    /** Position of the order's line that it fulfils; null without an order. */
    orderLine: integer('order_line'),
    /** What has come back of it. */
    returned: quantity('returned').notNull().default('0'),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.position] }),
    check('delivery_line_returned', sql`returned between 0 and quantity`),
  ],
);
export type DeliveryLineRow = typeof deliveryLine.$inferSelect;

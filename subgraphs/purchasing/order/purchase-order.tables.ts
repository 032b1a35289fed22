import { recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, numeric, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { amount, day, headColumns, quantity, totalColumns } from '../document.columns.ts';
import { purchasingSchema } from '../purchasing.schema.ts';
import type { PurchaseOrderStatus } from './purchase-order-states.ts';

/** What the company has ordered from a supplier. How far it came and is billed is kept per line. */
export const purchaseOrder = purchasingSchema.table(
  'purchase_order',
  {
    ...recordColumns(),
    ...headColumns(),
    ...totalColumns(),
    status: text('status').$type<PurchaseOrderStatus>().notNull(),
    orderedOn: day('ordered_on').notNull(),
    expectedOn: day('expected_on'),
  },
  (t) => [
    uniqueIndex('purchase_order_number').on(t.tenantId, t.number),
    uniqueIndex('purchase_order_external').on(t.tenantId, t.externalSource, t.externalNumber),
    index('purchase_order_by_day').on(t.tenantId, t.orderedOn, t.id),
    index('purchase_order_by_number').on(t.tenantId, t.number, t.id),
    index('purchase_order_by_gross').on(t.tenantId, t.gross, t.id),
    index('purchase_order_by_supplier_name').on(t.tenantId, t.supplierName, t.id),
    index('purchase_order_by_status').on(t.tenantId, t.status, t.orderedOn, t.id),
    index('purchase_order_by_supplier').on(t.tenantId, t.supplierId, t.orderedOn, t.id),
    index('purchase_order_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('purchase_order_total', sql`gross = net + tax`),
  ],
);
export type PurchaseOrderRow = typeof purchaseOrder.$inferSelect;

export const purchaseOrderLine = purchasingSchema.table(
  'purchase_order_line',
  {
    tenantId: uuid('tenant_id').notNull(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => purchaseOrder.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    articleId: uuid('article_id').notNull(),
    sku: text('sku').notNull(),
    description: text('description').notNull(),
    unit: text('unit').notNull(),
    quantity: quantity('quantity').notNull(),
    unitPrice: numeric('unit_price', { precision: 15, scale: 4 }).notNull(),
    taxCode: text('tax_code').notNull(),
    net: amount('net'),
    received: quantity('received').notNull().default('0'),
    rejected: quantity('rejected').notNull().default('0'),
    billed: quantity('billed').notNull().default('0'),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.position] }),
    index('purchase_order_line_by_article').on(t.tenantId, t.articleId),
  ],
);
export type PurchaseOrderLineRow = typeof purchaseOrderLine.$inferSelect;

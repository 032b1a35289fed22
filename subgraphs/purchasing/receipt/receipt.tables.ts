import { recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, headColumns, quantity } from '../document.columns.ts';
import { purchasingSchema } from '../purchasing.schema.ts';

export const RECEIPT_STATES = ['DRAFT', 'POSTED', 'CANCELLED'] as const;

/** Goods that came in; what is accepted enters the stock when it is posted. */
export const goodsReceipt = purchasingSchema.table(
  'goods_receipt',
  {
    ...recordColumns(),
    ...headColumns(),
    status: text('status').$type<(typeof RECEIPT_STATES)[number]>().notNull(),
    receivedOn: day('received_on').notNull(),
    /** Number of the supplier's delivery note. */
    deliveryNote: text('delivery_note'),
    warehouseId: uuid('warehouse_id'),
    orderId: uuid('order_id'),
  },
  (t) => [
    uniqueIndex('goods_receipt_number').on(t.tenantId, t.number),
    uniqueIndex('goods_receipt_external').on(t.tenantId, t.externalSource, t.externalNumber),
    index('goods_receipt_by_day').on(t.tenantId, t.receivedOn, t.id),
    index('goods_receipt_by_number').on(t.tenantId, t.number, t.id),
    index('goods_receipt_by_supplier_name').on(t.tenantId, t.supplierName, t.id),
    index('goods_receipt_by_status').on(t.tenantId, t.status, t.receivedOn, t.id),
    index('goods_receipt_by_supplier').on(t.tenantId, t.supplierId, t.receivedOn, t.id),
    index('goods_receipt_by_order').on(t.tenantId, t.orderId).where(sql`order_id is not null`),
    index('goods_receipt_by_change').on(t.tenantId, t.updatedAt, t.id),
  ],
);
export type GoodsReceiptRow = typeof goodsReceipt.$inferSelect;

export const goodsReceiptLine = purchasingSchema.table(
  'goods_receipt_line',
  {
    tenantId: uuid('tenant_id').notNull(),
    receiptId: uuid('receipt_id')
      .notNull()
      .references(() => goodsReceipt.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    articleId: uuid('article_id').notNull(),
    sku: text('sku').notNull(),
    description: text('description').notNull(),
    unit: text('unit').notNull(),
    received: quantity('received').notNull(),
    rejected: quantity('rejected').notNull(),
    orderLine: integer('order_line'),
  },
  (t) => [
    primaryKey({ columns: [t.receiptId, t.position] }),
    check('goods_receipt_rejected', sql`rejected between 0 and received`),
  ],
);
export type GoodsReceiptLineRow = typeof goodsReceiptLine.$inferSelect;

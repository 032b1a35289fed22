import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, numeric, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { inventory } from '../article/article.tables.ts';

/** Stock ledger: append-only, partitioned by year; corrections are movements the other way (rule 74). */
export const stockMovement = inventory.table(
  'stock_movement',
  {
    id: uuid('id').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    year: integer('year').notNull(),
    articleId: uuid('article_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    /** Signed: receipts positive, issues negative. */
    quantity: numeric('quantity', { precision: 15, scale: 4 }).notNull(),
    /** OPENING, RECEIPT, ISSUE, RETURN, ADJUSTMENT or TRANSFER. */
    kind: text('kind').notNull(),
    reason: text('reason'),
    /** True for quantities that were computed, not counted. */
    derived: boolean('derived').notNull().default(false),
    sourceType: text('source_type').notNull(),
    sourceId: uuid('source_id'),
    sourceLine: integer('source_line'),
    /** Number of the document in the system it came from. */
    externalNumber: text('external_number'),
    movedOn: date('moved_on', { mode: 'string' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    userId: uuid('user_id'),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.year] }),
    index('stock_movement_by_day').on(t.tenantId, t.movedOn, t.id),
    index('stock_movement_by_article').on(t.tenantId, t.articleId, t.movedOn, t.id),
    index('stock_movement_by_external').on(t.tenantId, t.externalNumber).where(sql`external_number is not null`),
    index('stock_movement_by_source').on(t.tenantId, t.sourceId),
  ],
);
export type StockMovementRow = typeof stockMovement.$inferSelect;

/** On hand per article and warehouse, kept with every movement. */
export const stockBalance = inventory.table(
  'stock_balance',
  {
    tenantId: uuid('tenant_id').notNull(),
    articleId: uuid('article_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    onHand: numeric('on_hand', { precision: 19, scale: 4 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.articleId, t.warehouseId] })],
);

import { boolean, index, integer, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { inventory } from '../article/article.tables.ts';

export const warehouse = inventory.table(
  'warehouse',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** Where goods go and come from when nothing else is said; exactly one per company. */
    standard: boolean('standard').notNull().default(false),
    active: boolean('active').notNull().default(true),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [unique('warehouse_code').on(t.tenantId, t.code), index('warehouse_by_name').on(t.tenantId, t.name, t.id)],
);
export type WarehouseRow = typeof warehouse.$inferSelect;

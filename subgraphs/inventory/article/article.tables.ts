import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  numeric,
  pgSchema,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

export const inventory = pgSchema('inventory');

/** What is bought and sold: goods with stock, or services without. */
export const article = inventory.table(
  'article',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    /** As written, case kept. */
    sku: text('sku').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    /** GOODS move stock, SERVICE does not. */
    kind: text('kind').notNull().default('GOODS'),
    /** UN/ECE Rec 20 code. */
    unit: text('unit').notNull(),
    price: numeric('price', { precision: 15, scale: 4 }).notNull(),
    taxCode: text('tax_code').notNull(),
    category: text('category').notNull().default(''),
    reorderPoint: numeric('reorder_point', { precision: 15, scale: 4 }),
    packSize: numeric('pack_size', { precision: 15, scale: 4 }),
    externalSource: text('external_source'),
    externalNumber: text('external_number'),
    active: boolean('active').notNull().default(true),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [
    unique('article_sku').on(t.tenantId, t.sku),
    uniqueIndex('article_external')
      .on(t.tenantId, t.externalSource, t.externalNumber)
      .where(sql`external_number is not null`),
    index('article_by_sku').on(t.tenantId, t.sku, t.id),
    index('article_by_name').on(t.tenantId, t.name, t.id),
    index('article_by_price').on(t.tenantId, t.price, t.id),
    index('article_by_creation').on(t.tenantId, t.createdAt, t.id),
    index('article_by_change').on(t.tenantId, t.updatedAt, t.id),
    index('article_name_search').using('gin', t.name.op('gin_trgm_ops')),
  ],
);
export type ArticleRow = typeof article.$inferSelect;

/** Sales prices by the day from which they hold; the newest that holds is the article's price. */
export const articlePrice = inventory.table(
  'article_price',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => article.id),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    price: numeric('price', { precision: 15, scale: 4 }).notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [unique('article_price_day').on(t.tenantId, t.articleId, t.validFrom)],
);
export type ArticlePriceRow = typeof articlePrice.$inferSelect;

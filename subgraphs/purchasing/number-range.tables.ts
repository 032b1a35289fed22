import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { purchasingSchema } from './purchasing.schema.ts';

/** Last number of each range and year. */
export const numberRange = purchasingSchema.table(
  'number_range',
  {
    tenantId: uuid('tenant_id').notNull(),
    range: text('range').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.range, t.year] })],
);

import { customType, integer, timestamp, uuid } from 'drizzle-orm/pg-core';
import { newId } from './ids.ts';

/** What every table of a company begins with: id, company, version for stale edits, and when it was made and last changed. */
export const recordColumns = () => ({
  id: uuid('id').primaryKey().$defaultFn(newId),
  tenantId: uuid('tenant_id').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
});

/** Text that people read in alphabetical order: umlauts beside their vowels, upper and lower case together. */
export const nameText = customType<{ data: string }>({ dataType: () => 'text COLLATE "de-x-icu"' });

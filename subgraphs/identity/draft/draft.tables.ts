import { index, integer, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

/** What a person has typed into a form and not saved yet. Clients choose the id, so it is one of that person only. */
export const draft = identitySchema.table(
  'draft',
  {
    tenantId: uuid('tenant_id').notNull(),
    userId: uuid('user_id').notNull(),
    id: uuid('id').notNull(),
    form: text('form').notNull(),
    recordId: uuid('record_id'),
    recordVersion: integer('record_version'),
    title: text('title').notNull(),
    content: jsonb('content').notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId, table.id] }),
    index('draft_by_change').on(table.tenantId, table.userId, table.updatedAt, table.id),
  ],
);

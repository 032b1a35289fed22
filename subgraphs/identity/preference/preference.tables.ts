import { recordColumns } from '@valeo/kit/columns.ts';
import { boolean, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

/** What a person has chosen in a company: theme, density, saved views, dashboard. Shared ones are seen by all colleagues. */
export const preference = identitySchema.table(
  'preference',
  {
    ...recordColumns(),
    userId: uuid('user_id').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').notNull(),
    shared: boolean('shared').notNull().default(false),
  },
  (table) => [uniqueIndex('preference_key').on(table.tenantId, table.userId, table.key)],
);

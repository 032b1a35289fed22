import { nameText, recordColumns } from '@valeo/kit/columns.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import { sql } from 'drizzle-orm';
import { index, integer, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

export const apiClient = identitySchema.table(
  'api_client',
  {
    ...recordColumns(),
    name: nameText('name').notNull(),
    keyHash: text('key_hash').notNull(),
    /** Beginning and end of the key, so that people recognise it. */
    keyHint: text('key_hint').notNull(),
    scopes: text('scopes').array().$type<Permission[]>().notNull(),
    budget: integer('budget'),
    budgetRefill: integer('budget_refill'),
    createdBy: uuid('created_by'),
    revokedAt: moment('revoked_at'),
    status: text('status')
      .$type<'ACTIVE' | 'REVOKED'>()
      .notNull()
      .generatedAlwaysAs(sql`case when revoked_at is null then 'ACTIVE' else 'REVOKED' end`),
  },
  (table) => [
    uniqueIndex('api_client_key').on(table.tenantId, table.keyHash),
    index('api_client_by_name').on(table.tenantId, table.name, table.id),
    index('api_client_by_creation').on(table.tenantId, table.createdAt, table.id),
  ],
);

export type ApiClientRow = typeof apiClient.$inferSelect;

/** When a key was last used, to the minute; apart from the client, so that using a key is no change of the record. */
export const apiClientUse = identitySchema.table('api_client_use', {
  tenantId: uuid('tenant_id').notNull(),
  clientId: uuid('client_id')
    .primaryKey()
    .references(() => apiClient.id),
  lastUsedAt: moment('last_used_at').notNull(),
});

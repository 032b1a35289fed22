import { recordColumns } from '@valeo/kit/columns.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import { text, uniqueIndex } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

/** Roles that a company made for itself, besides the built-in ones. */
export const role = identitySchema.table(
  'role',
  {
    ...recordColumns(),
    name: text('name').notNull(),
    permissions: text('permissions').array().$type<Permission[]>().notNull(),
  },
  (table) => [uniqueIndex('role_name').on(table.tenantId, table.name)],
);

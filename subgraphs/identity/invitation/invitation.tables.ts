import { recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { index, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

export const invitation = identitySchema.table(
  'invitation',
  {
    ...recordColumns(),
    email: text('email').notNull(),
    roleId: text('role_id').notNull(),
    invitedBy: uuid('invited_by').notNull(),
    tokenHash: text('token_hash').notNull(),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    revokedAt: moment('revoked_at'),
    status: text('status')
      .$type<'OPEN' | 'ACCEPTED' | 'REVOKED'>()
      .notNull()
      .generatedAlwaysAs(
        sql`case when accepted_at is not null then 'ACCEPTED' when revoked_at is not null then 'REVOKED' else 'OPEN' end`,
      ),
  },
  (table) => [
    index('invitation_by_creation').on(table.tenantId, table.createdAt, table.id),
    index('invitation_by_email').on(table.tenantId, table.email, table.id),
    index('invitation_by_token').on(table.tenantId, table.tokenHash),
  ],
);

export type InvitationRow = typeof invitation.$inferSelect;

import { newId } from '@valeo/kit/ids.ts';
import { index, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';
import { user } from '../user/user.tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/** One signed-in device. All its refresh tokens are one family. */
export const session = identitySchema.table(
  'session',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id),
    /** The company that the session works in; changed by a switch. */
    companyId: uuid('company_id').notNull(),
    userAgent: text('user_agent').notNull(),
    ip: text('ip').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('session_of_user').on(table.userId, table.lastUsedAt),
    index('session_of_company').on(table.companyId),
    index('session_by_use').on(table.lastUsedAt),
  ],
);

export type SessionRow = typeof session.$inferSelect;

/** Only the hash is kept. The successor is computed from the token itself and the nonce, so it too is nowhere in the database. */
export const refreshToken = identitySchema.table(
  'refresh_token',
  {
    hash: text('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    usedAt: moment('used_at'),
    nonce: text('nonce'),
  },
  (table) => [index('refresh_token_of_session').on(table.sessionId)],
);

/** Failed sign-ins by hashed e-mail address and by IP address. */
export const failedSignIn = identitySchema.table(
  'failed_sign_in',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    lastAt: moment('last_at').notNull(),
  },
  (table) => [index('failed_sign_in_by_age').on(table.lastAt)],
);

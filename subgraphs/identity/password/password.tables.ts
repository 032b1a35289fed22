import { text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';
import { user } from '../user/user.tables.ts';

/** A mailed permission to set a new password, good for one use. */
export const passwordReset = identitySchema.table('password_reset', {
  hash: text('hash').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => user.id),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  usedAt: timestamp('used_at', { withTimezone: true, mode: 'string' }),
});

import { jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import type { JWK } from 'jose';
import { identitySchema } from '../identity.schema.ts';

/** Keys that sign access tokens. The private part is sealed with the installation's secret. */
export const signingKey = identitySchema.table('signing_key', {
  kid: text('kid').primaryKey(),
  publicKey: jsonb('public_key').$type<JWK>().notNull(),
  sealedPrivateKey: text('sealed_private_key').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  /** Null for the key that signs; afterwards it only verifies, until then. */
  verifiesUntil: timestamp('verifies_until', { withTimezone: true, mode: 'string' }),
});

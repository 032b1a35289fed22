import { newId } from '@valeo/kit/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/** Mails to send: written in the transaction that causes them, sent by the worker, kept for a week. */
export const mail = identitySchema.table(
  'mail',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    state: text('state').$type<'WAITING' | 'SENT' | 'FAILED'>().notNull().default('WAITING'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: moment('due_at').notNull().defaultNow(),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('mail_waiting').on(table.dueAt).where(sql`state = 'WAITING'`),
    index('mail_by_age').on(table.createdAt),
    check('mail_state', sql`state in ('WAITING','SENT','FAILED')`),
  ],
);

import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
  index,
  integer,
  numeric,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { finance } from '../account/account.tables.ts';

/** Posted entries. Append-only, partitioned by fiscal year; written only by the function finance.post_entries. */
export const journalEntry = finance.table(
  'journal_entry',
  {
    id: uuid('id').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    fiscalYear: integer('fiscal_year').notNull(),
    sequence: integer('sequence').notNull(),
    /** Fiscal year and sequence in one sortable number. */
    numberKey: bigint('number_key', { mode: 'number' })
      .notNull()
      .generatedAlwaysAs(sql`fiscal_year::bigint * 1000000000 + sequence`),
    number: text('number').notNull(),
    postedOn: date('posted_on', { mode: 'string' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, mode: 'string' }).notNull(),
    userId: uuid('user_id'),
    text: text('text').notNull(),
    /** Number of the document (Belegfeld 1). */
    reference: text('reference').notNull(),
    sourceType: text('source_type').notNull(),
    sourceId: uuid('source_id'),
    /** The entry that this one reverses. */
    reversesId: uuid('reverses_id'),
    total: numeric('total', { precision: 19, scale: 2 }).notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.fiscalYear] }),
    unique('journal_entry_sequence').on(t.tenantId, t.fiscalYear, t.sequence),
    uniqueIndex('journal_entry_of_source')
      .on(t.tenantId, t.sourceType, t.sourceId, t.fiscalYear)
      // A bank transaction can be posted anew once its posting is reversed; its own row sees to that it is posted once at a time.
      .where(sql`source_id is not null and source_type <> 'finance.BankTransaction'`),
    index('journal_entry_by_number').on(t.tenantId, t.numberKey, t.id),
    index('journal_entry_by_day_and_number').on(t.tenantId, t.postedOn, t.numberKey, t.id),
    index('journal_entry_by_total').on(t.tenantId, t.total, t.id),
    index('journal_entry_by_reference').on(t.tenantId, t.reference, t.id),
    index('journal_entry_reversing').on(t.tenantId, t.reversesId).where(sql`reverses_id is not null`),
  ],
);
export type JournalEntryRow = typeof journalEntry.$inferSelect;

export const journalLine = finance.table(
  'journal_line',
  {
    tenantId: uuid('tenant_id').notNull(),
    fiscalYear: integer('fiscal_year').notNull(),
    entryId: uuid('entry_id').notNull(),
    position: smallint('position').notNull(),
    account: text('account').notNull(),
    /** Control account that a personal account belongs to. */
    controlAccount: text('control_account'),
    postedOn: date('posted_on', { mode: 'string' }).notNull(),
    debit: numeric('debit', { precision: 19, scale: 2 }).notNull(),
    credit: numeric('credit', { precision: 19, scale: 2 }).notNull(),
    taxCode: text('tax_code'),
    /** BASE: the net that the tax is computed on. TAX: the tax. */
    taxRole: text('tax_role'),
    text: text('text'),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.fiscalYear, t.position] }),
    index('journal_line_by_account').on(t.tenantId, t.account, t.postedOn),
  ],
);
export type JournalLineRow = typeof journalLine.$inferSelect;

/** State of a month; a month without a row is open (rule 40). */
export const period = finance.table(
  'period',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().unique(),
    fiscalYear: integer('fiscal_year').notNull(),
    month: smallint('month').notNull(),
    /** OPEN, SOFT_CLOSED (only with the right to post in closed months) or LOCKED. */
    state: text('state').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.fiscalYear, t.month] })],
);

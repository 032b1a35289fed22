import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  numeric,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';

export const finance = pgSchema('finance');

/** G/L accounts of the chart and personal accounts (debtors, creditors) of partners. */
export const account = finance.table(
  'account',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    nameEn: text('name_en').notNull(),
    /** GENERAL, CONTROL (posted only through personal accounts), DEBTOR or CREDITOR. */
    kind: text('kind').notNull(),
    type: text('type').notNull(),
    hgbPosition: text('hgb_position'),
    defaultTaxCode: text('default_tax_code'),
    /** DATEV automatic account: implies its VAT on export (rule 48). */
    automatic: boolean('automatic').notNull().default(false),
    partnerId: uuid('partner_id'),
    active: boolean('active').notNull().default(true),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [
    unique('account_number').on(t.tenantId, t.number),
    index('account_by_number').on(t.tenantId, t.number, t.id),
    index('account_by_name').on(t.tenantId, t.name, t.id),
    unique('account_partner').on(t.tenantId, t.partnerId, t.kind),
  ],
);
export type LedgerAccountRow = typeof account.$inferSelect;

/** Movement per account and day, kept with every entry, so that a balance never has to add up the journal. */
export const accountDay = finance.table(
  'account_day',
  {
    tenantId: uuid('tenant_id').notNull(),
    fiscalYear: integer('fiscal_year').notNull(),
    personal: boolean('personal').notNull(),
    account: text('account').notNull(),
    postedOn: date('posted_on', { mode: 'string' }).notNull(),
    debit: numeric('debit', { precision: 19, scale: 2 }).notNull(),
    credit: numeric('credit', { precision: 19, scale: 2 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.fiscalYear, t.personal, t.account, t.postedOn] })],
);

/** Head of the journal's hash chain per fiscal year; its lock orders all postings of a company. */
export const fiscalYear = finance.table(
  'fiscal_year',
  {
    tenantId: uuid('tenant_id').notNull(),
    year: integer('year').notNull(),
    lastSequence: integer('last_sequence').notNull().default(0),
    lastHash: text('last_hash').notNull().default(sql`''`),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.year] })],
);

import { date, index, integer, numeric, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { finance } from '../account/account.tables.ts';

/** A claim or debt on a personal account until it is settled (rule 54). */
export const openItem = finance.table(
  'open_item',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    /** RECEIVABLE or PAYABLE. */
    kind: text('kind').notNull(),
    partnerId: uuid('partner_id').notNull(),
    partnerName: text('partner_name').notNull(),
    account: text('account').notNull(),
    entryId: uuid('entry_id').notNull(),
    /** Document that caused it, for example sales.SalesInvoice and its id. */
    sourceType: text('source_type').notNull(),
    sourceId: uuid('source_id').notNull(),
    reference: text('reference').notNull(),
    postedOn: date('posted_on', { mode: 'string' }).notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** Signed: a credit note is negative. */
    amount: numeric('amount', { precision: 19, scale: 2 }).notNull(),
    openAmount: numeric('open_amount', { precision: 19, scale: 2 }).notNull(),
    /** OPEN, PARTIAL or CLEARED. */
    status: text('status').notNull(),
    dunningLevel: integer('dunning_level').notNull().default(0),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [
    unique('open_item_source').on(t.tenantId, t.sourceType, t.sourceId, t.account),
    index('open_item_by_due').on(t.tenantId, t.dueOn, t.id),
    index('open_item_by_open').on(t.tenantId, t.openAmount, t.id),
    index('open_item_by_partner_name').on(t.tenantId, t.partnerName, t.id),
    index('open_item_by_status').on(t.tenantId, t.status, t.dueOn, t.id),
    index('open_item_by_partner').on(t.tenantId, t.partnerId, t.dueOn, t.id),
    index('open_item_by_reference').on(t.tenantId, t.reference, t.id),
  ],
);
export type OpenItemRow = typeof openItem.$inferSelect;

/** Which entry settled how much of an item; append-only. */
export const settlement = finance.table(
  'settlement',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    openItemId: uuid('open_item_id')
      .notNull()
      .references(() => openItem.id),
    entryId: uuid('entry_id').notNull(),
    amount: numeric('amount', { precision: 19, scale: 2 }).notNull(),
    settledOn: date('settled_on', { mode: 'string' }).notNull(),
  },
  (t) => [
    index('settlement_by_item').on(t.tenantId, t.openItemId),
    index('settlement_by_entry').on(t.tenantId, t.entryId),
  ],
);
export type SettlementRow = typeof settlement.$inferSelect;

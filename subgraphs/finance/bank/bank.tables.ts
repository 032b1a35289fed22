import { nameText, recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, date, index, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { finance } from '../account/account.tables.ts';

/** What a bank has booked on one of the company's accounts. */
export const bankTransaction = finance.table(
  'bank_transaction',
  {
    ...recordColumns(),
    /** IBAN, or the number that the bank uses, of the company's account. */
    bankAccount: text('bank_account').notNull(),
    bookedOn: date('booked_on', { mode: 'string' }).notNull(),
    valueOn: date('value_on', { mode: 'string' }),
    /** Signed: money that came in is positive. */
    amount: numeric('amount', { precision: 19, scale: 2 }).notNull(),
    currency: text('currency').notNull(),
    counterpartName: nameText('counterpart_name').notNull(),
    counterpartIban: text('counterpart_iban'),
    purpose: text('purpose').notNull(),
    endToEndId: text('end_to_end_id'),
    bankReference: text('bank_reference'),
    statement: text('statement'),
    /** The bank's reference, else a hash of what was booked: makes importing a file twice harmless (rule 66). */
    importKey: text('import_key').notNull(),
    status: text('status').$type<'OPEN' | 'MATCHED'>().notNull(),
    partnerId: uuid('partner_id'),
    note: text('note'),
    openItemId: uuid('open_item_id'),
    journalEntryId: uuid('journal_entry_id'),
  },
  (t) => [
    uniqueIndex('bank_transaction_once').on(t.tenantId, t.bankAccount, t.importKey),
    index('bank_transaction_by_day').on(t.tenantId, t.bookedOn, t.id),
    index('bank_transaction_by_amount').on(t.tenantId, t.amount, t.id),
    index('bank_transaction_by_name').on(t.tenantId, t.counterpartName, t.id),
    index('bank_transaction_by_status').on(t.tenantId, t.status, t.bookedOn, t.id),
    index('bank_transaction_by_partner').on(t.tenantId, t.partnerId, t.bookedOn, t.id),
    index('bank_transaction_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('bank_transaction_matched', sql`(status = 'MATCHED') = (journal_entry_id is not null)`),
  ],
);
export type BankTransactionRow = typeof bankTransaction.$inferSelect;

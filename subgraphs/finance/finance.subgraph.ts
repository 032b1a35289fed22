import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { ledgerAccounts } from './account/account.list.ts';
import { createLedgerAccount, updateLedgerAccount } from './account/account.mutations.ts';
import { setUpBooks } from './account/set-up-books.ts';
import { bankTransactions } from './bank/bank.list.ts';
import { createBankTransaction, importBankStatement, updateBankTransaction } from './bank/bank.mutations.ts';
import { bankResolvers } from './bank/bank.resolvers.ts';
import { matchBankTransaction } from './bank/match-bank-transaction.ts';
import { unmatchBankTransaction } from './bank/unmatch-bank-transaction.ts';
import { financeTexts } from './finance.texts.ts';
import { journalEntries } from './journal/journal.list.ts';
import { journalResolvers } from './journal/journal.resolvers.ts';
import { postJournalEntries } from './journal/post-journal-entries.ts';
import { reverseJournalEntry } from './journal/reverse-journal-entry.ts';
import { setPeriodState } from './journal/set-period-state.ts';
import { openItemList } from './open-item/open-item.list.ts';
import { openItemResolvers } from './open-item/open-item.resolvers.ts';
import { settleOpenItems } from './open-item/settle-open-items.ts';

/** Accounting: chart of accounts, journal, VAT, open items. Other domains post through `ledger/ledger.ts`. */
export const finance = defineSubgraph({
  name: 'finance',
  folder: import.meta.dirname,
  lists: [ledgerAccounts, journalEntries, openItemList, bankTransactions],
  mutations: [
    createLedgerAccount,
    updateLedgerAccount,
    postJournalEntries,
    reverseJournalEntry,
    setPeriodState,
    importBankStatement,
    createBankTransaction,
    updateBankTransaction,
    matchBankTransaction,
    unmatchBankTransaction,
    settleOpenItems,
  ],
  resolvers: [journalResolvers, openItemResolvers, bankResolvers],
  texts: financeTexts,
  appendOnly: ['journal_entry', 'journal_line', 'settlement'],
  derived: ['account_day', 'fiscal_year'],
  consumers: [setUpBooks],
});

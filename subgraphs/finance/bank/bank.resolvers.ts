import type { Ctx } from '@valeo/kit/context.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import { journalEntries } from '../journal/journal.list.ts';
import { openItemList } from '../open-item/open-item.list.ts';
import { settlementsOf } from '../open-item/open-item.queries.ts';
import type { SettlementRow } from '../open-item/open-item.tables.ts';
import type { BankTransactionRow } from './bank.tables.ts';

export const bankResolvers = {
  BankTransaction: {
    amount: money('amount'),
    partner: reference('partnerId'),
    openItem: (row: BankTransactionRow, _: unknown, ctx: Ctx) =>
      row.openItemId && loadNode(ctx, openItemList, row.openItemId),
    journalEntry: (row: BankTransactionRow, _: unknown, ctx: Ctx) =>
      row.journalEntryId && loadNode(ctx, journalEntries, row.journalEntryId),
    settlements: (row: BankTransactionRow, _: unknown, ctx: Ctx) => settlementsOf(ctx, row.journalEntryId),
  },
  BankSettlement: {
    openItem: (row: SettlementRow, _: unknown, ctx: Ctx) => loadNode(ctx, openItemList, row.openItemId),
    amount: money('amount'),
  },
};

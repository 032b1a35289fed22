import type { Ctx } from '@valeo/kit/context.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import { inArray } from 'drizzle-orm';
import { journalEntries } from '../journal/journal.list.ts';
import { openItemList } from '../open-item/open-item.list.ts';
import { settlement } from '../open-item/open-item.tables.ts';
import type { BankTransactionRow } from './bank.tables.ts';

export const bankResolvers = {
  BankTransaction: {
    amount: money('amount'),
    partner: reference('partnerId'),
    openItem: (row: BankTransactionRow, _: unknown, ctx: Ctx) =>
      row.openItemId && loadNode(ctx, openItemList, row.openItemId),
    journalEntry: (row: BankTransactionRow, _: unknown, ctx: Ctx) =>
      row.journalEntryId && loadNode(ctx, journalEntries, row.journalEntryId),
    settlements: (row: BankTransactionRow, _: unknown, ctx: Ctx) => settlementsOf(ctx, row),
  },
  BankSettlement: {
    openItem: (row: Settlement, _: unknown, ctx: Ctx) => loadNode(ctx, openItemList, row.openItemId),
    amount: money('amount'),
  },
};

type Settlement = typeof settlement.$inferSelect;

/** What the entries of transactions settle; for all of a page at once. */
async function settlementsOf(ctx: Ctx, { journalEntryId }: BankTransactionRow): Promise<readonly Settlement[]> {
  if (!journalEntryId) return [];
  const loader = ctx.loader<string, Settlement[]>('settlements of entry', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(settlement)
      .where(inArray(settlement.entryId, [...ids]));
    return Map.groupBy(rows, (row) => row.entryId);
  });
  return (await loader.load(journalEntryId)) ?? [];
}

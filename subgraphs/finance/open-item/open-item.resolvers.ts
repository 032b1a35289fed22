import type { Ctx } from '@valeo/kit/context.ts';
import { today } from '@valeo/kit/day.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import { journalEntries } from '../journal/journal.list.ts';
import { openItemSummary, partnerBalance } from './open-item.queries.ts';
import type { OpenItemRow } from './open-item.tables.ts';

const DAY_MS = 86_400_000;

export const openItemResolvers = {
  Query: {
    openItemSummary: (_: unknown, args: { kind: string; on?: string | null }, ctx: Ctx) =>
      openItemSummary(ctx, args.kind, args.on),
  },
  OpenItem: {
    partner: reference('partnerId'),
    journalEntry: (row: OpenItemRow, _: unknown, ctx: Ctx) => loadNode(ctx, journalEntries, row.entryId),
    source: (row: OpenItemRow) => `${row.sourceType}:${row.sourceId}`,
    amount: money('amount'),
    openAmount: money('openAmount'),
    daysOverdue: (row: OpenItemRow) =>
      row.status === 'CLEARED' ? 0 : Math.max(0, (Date.parse(today()) - Date.parse(row.dueOn)) / DAY_MS),
  },
  BusinessPartner: {
    receivable: (partner: { id: string }, _: unknown, ctx: Ctx) => partnerBalance(ctx, 'RECEIVABLE', partner.id),
    payable: (partner: { id: string }, _: unknown, ctx: Ctx) => partnerBalance(ctx, 'PAYABLE', partner.id),
  },
};

import type { Ctx } from '@valeo/kit/context.ts';
import { today } from '@valeo/kit/day.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import type { LedgerAccountRow } from '../account/account.tables.ts';
import { rateOn, type TaxCode, taxCodesOn } from '../tax/tax-codes.ts';
import { type AccountSheetArguments, accountSheet } from './account-sheet.ts';
import { journalEntries } from './journal.list.ts';
import * as queries from './journal.queries.ts';
import type { JournalEntryRow, JournalLineRow } from './journal.tables.ts';

export const journalResolvers = {
  Query: {
    trialBalance: (_: unknown, args: { fiscalYear: number; through?: string | null }, ctx: Ctx) =>
      queries.trialBalance(ctx, args.fiscalYear, args.through),
    accountMonths: (_: unknown, args: { account: string; fiscalYear: number }, ctx: Ctx) =>
      queries.accountMonths(ctx, args.account, args.fiscalYear),
    accountSheet: (_: unknown, args: AccountSheetArguments, ctx: Ctx) => accountSheet(ctx, args),
    journalIntegrity: (_: unknown, args: { fiscalYear: number }, ctx: Ctx) =>
      queries.journalIntegrity(ctx, args.fiscalYear),
    fiscalYears: (_: unknown, args: { account?: string | null }, ctx: Ctx) => queries.fiscalYears(ctx, args.account),
    accountingPeriods: (_: unknown, args: { fiscalYear: number }, ctx: Ctx) =>
      queries.accountingPeriods(ctx, args.fiscalYear),
    taxCodes: (_: unknown, args: { on?: string | null }) => taxCodesOn(args.on ?? today()),
  },
  JournalEntry: {
    lines: (row: JournalEntryRow, _: unknown, ctx: Ctx) => queries.linesOfEntry(ctx, row.id),
    total: money('total'),
    source: queries.sourceOf,
    reverses: (row: JournalEntryRow, _: unknown, ctx: Ctx) =>
      row.reversesId && loadNode(ctx, journalEntries, row.reversesId),
    reversedBy: (row: JournalEntryRow, _: unknown, ctx: Ctx) => queries.reversalOf(ctx, row.id),
  },
  JournalLine: {
    account: (row: JournalLineRow, _: unknown, ctx: Ctx) => queries.accountByNumber(ctx, row.account),
    debit: money('debit'),
    credit: money('credit'),
  },
  TrialBalanceRow: {
    account: (row: queries.TrialBalanceRow, _: unknown, ctx: Ctx) => queries.accountByNumber(ctx, row.number),
  },
  JournalIntegrity: {
    brokenAt: (row: { brokenId: string | null }, _: unknown, ctx: Ctx) =>
      row.brokenId && loadNode(ctx, journalEntries, row.brokenId),
  },
  LedgerAccount: {
    name: (row: LedgerAccountRow, _: unknown, ctx: Ctx) => (ctx.locale === 'de' ? row.name : row.nameEn),
    partner: reference('partnerId'),
  },
  TaxCode: {
    rate: (code: TaxCode & { on: string }) => rateOn(code, code.on),
    invoiceNote: (code: TaxCode) => code.invoiceNote || null,
  },
};

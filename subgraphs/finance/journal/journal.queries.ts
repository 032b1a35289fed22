import type { Ctx } from '@valeo/kit/context.ts';
import { inArray } from 'drizzle-orm';
import { account, type LedgerAccountRow } from '../account/account.tables.ts';
import { booksOf, SYSTEM_ACCOUNTS } from '../account/chart.ts';
import { type JournalEntryRow, type JournalLineRow, journalEntry, journalLine } from './journal.tables.ts';

/** Lines of an entry, loaded for all entries of a page at once. */
export async function linesOfEntry(ctx: Ctx, entryId: string): Promise<JournalLineRow[]> {
  const loader = ctx.loader<string, JournalLineRow[]>('lines of entry', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(journalLine)
      .where(inArray(journalLine.entryId, [...ids]))
      .orderBy(journalLine.entryId, journalLine.position);
    return Map.groupBy(rows, (row) => row.entryId);
  });
  return (await loader.load(entryId)) ?? [];
}

/** The entry that reverses another; for all entries of a page at once. */
export function reversalOf(ctx: Ctx, entryId: string): Promise<JournalEntryRow | undefined> {
  return ctx
    .loader<string, JournalEntryRow>('reversal of entry', async (ids) => {
      const tx = await ctx.read();
      const rows = await tx.db
        .select()
        .from(journalEntry)
        .where(inArray(journalEntry.reversesId, [...ids]));
      return new Map(rows.map((row) => [row.reversesId, row]));
    })
    .load(entryId);
}

/** Account by its number. */
export function accountByNumber(ctx: Ctx, number: string): Promise<LedgerAccountRow | undefined> {
  return ctx
    .loader<string, LedgerAccountRow>('account by number', async (numbers) => {
      const tx = await ctx.read();
      const rows = await tx.db
        .select()
        .from(account)
        .where(inArray(account.number, [...numbers]));
      return new Map(rows.map((row) => [row.number, row]));
    })
    .load(number);
}

export interface TrialBalanceRow {
  readonly number: string;
  readonly opening: string;
  readonly debit: string;
  readonly credit: string;
  readonly balance: string;
}

/**
 * Balances per G/L account from the daily movements, so the cost does not depend on the number of entries. Balance sheet
 * accounts carry forward from earlier years; what earlier years earned stands on the account for profit or loss brought
 * forward, so that the opening column adds up to zero as well.
 */
export async function trialBalance(
  ctx: Ctx,
  fiscalYear: number,
  through: string | null | undefined,
): Promise<TrialBalanceRow[]> {
  const tx = await ctx.read();
  const { chart } = await booksOf(tx);
  const { profitForward, lossForward } = SYSTEM_ACCOUNTS[chart];
  return tx.query<TrialBalanceRow>(
    `WITH result_forward AS (
       SELECT sum(d.debit - d.credit) AS balance FROM finance.account_day d JOIN finance.account a ON a.number = d.account
       WHERE d.fiscal_year < $1 AND NOT d.personal AND (a.type LIKE 'INCOME%' OR a.type LIKE 'EXPENSE%')
     ), opening AS (
       SELECT account, sum(balance) AS balance FROM (
         SELECT d.account, d.debit - d.credit AS balance FROM finance.account_day d JOIN finance.account a ON a.number = d.account
         WHERE d.fiscal_year < $1 AND NOT d.personal AND a.type NOT LIKE 'INCOME%' AND a.type NOT LIKE 'EXPENSE%'
         UNION ALL
         SELECT CASE WHEN balance < 0 THEN $3 ELSE $4 END, balance FROM result_forward WHERE balance <> 0
       ) carried GROUP BY account HAVING sum(balance) <> 0
     ), movement AS (
       SELECT account, sum(debit) AS debit, sum(credit) AS credit FROM finance.account_day
       WHERE fiscal_year = $1 AND NOT personal AND ($2::date IS NULL OR posted_on <= $2) GROUP BY account
     )
     SELECT account AS number, coalesce(o.balance, 0)::numeric(19, 2) AS opening, coalesce(m.debit, 0)::numeric(19, 2) AS debit,
            coalesce(m.credit, 0)::numeric(19, 2) AS credit,
            (coalesce(o.balance, 0) + coalesce(m.debit, 0) - coalesce(m.credit, 0))::numeric(19, 2) AS balance
     FROM opening o FULL JOIN movement m USING (account) ORDER BY account`,
    [fiscalYear, through ?? null, profitForward, lossForward],
    'trial_balance',
  );
}

export async function accountMonths(ctx: Ctx, number: string, fiscalYear: number) {
  const tx = await ctx.read();
  return tx.query<{ month: string; debit: string; credit: string }>(
    `SELECT to_char(date_trunc('month', posted_on), 'YYYY-MM-DD') AS month, sum(debit) AS debit, sum(credit) AS credit
     FROM finance.account_day WHERE fiscal_year = $1 AND account = $2 GROUP BY 1 ORDER BY 1`,
    [fiscalYear, number],
  );
}

export async function fiscalYears(ctx: Ctx, account?: string | null): Promise<number[]> {
  const tx = await ctx.read();
  // One look at the key of the daily movements per year, which has the account before the day.
  const rows = await tx.query<{ year: number }>(
    `SELECT year FROM finance.fiscal_year y WHERE last_sequence > 0
       AND ($1::text IS NULL OR EXISTS (
         SELECT FROM finance.account_day d WHERE d.fiscal_year = y.year AND d.personal IN (true, false) AND d.account = $1))
     ORDER BY year DESC`,
    [account ?? null],
    'fiscal_years',
  );
  return rows.map((row) => row.year);
}

export async function journalIntegrity(ctx: Ctx, fiscalYear: number) {
  const tx = await ctx.read();
  const [row] = await tx.query<{ broken: string | null; entries: number }>(
    `SELECT finance.first_broken_entry($1) AS broken,
            (SELECT count(*)::int FROM finance.journal_entry WHERE fiscal_year = $1) AS entries`,
    [fiscalYear],
  );
  return { intact: row?.broken == null, brokenId: row?.broken ?? null, entries: row?.entries ?? 0 };
}

export async function accountingPeriods(ctx: Ctx, fiscalYear: number) {
  const tx = await ctx.read();
  const { fiscalYearStart } = await booksOf(tx);
  const rows = await tx.query<{ month: number; state: string }>(
    'SELECT month, state FROM finance.period WHERE fiscal_year = $1',
    [fiscalYear],
  );
  const states = new Map(rows.map((row) => [row.month, row.state]));
  return Array.from({ length: 12 }, (_, index) => {
    const month = ((fiscalYearStart - 1 + index) % 12) + 1;
    return { fiscalYear, month, state: states.get(month) ?? 'OPEN' };
  });
}

/** `sales.SalesInvoice:<id>`, or `manual`. */
export const sourceOf = (row: JournalEntryRow): string =>
  row.sourceId ? `${row.sourceType}:${row.sourceId}` : row.sourceType;

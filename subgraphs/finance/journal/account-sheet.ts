import type { Ctx } from '@valeo/kit/context.ts';
import { standardError } from '@valeo/kit/errors.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { amountOf, cents } from '@valeo/money/money.ts';
import { booksOf, fiscalYearOf, SYSTEM_ACCOUNTS } from '../account/chart.ts';

const MAX_LINES = 200;

export interface AccountSheetArguments {
  readonly account: string;
  readonly from: string;
  readonly through: string;
  readonly first: number;
  readonly at: number;
}

/**
 * Opening, sums and lines of an account. The opening adds up the daily movements, so its cost does not depend on the years before;
 * balances after each line are computed over the whole span, so that any page of it can be asked for.
 */
export async function accountSheet(ctx: Ctx, { account, from, through, first, at }: AccountSheetArguments) {
  if (first < 1 || first > MAX_LINES)
    throw standardError('PAGE_TOO_LARGE', ctx.locale, { max: String(MAX_LINES), found: String(first) });
  if (at < 0) throw standardError('INVALID_PAGING', ctx.locale);
  const tx = await ctx.read();
  const books = await booksOf(tx);
  const { profitForward, lossForward } = SYSTEM_ACCOUNTS[books.chart];
  const [firstYear, lastYear] = [fiscalYearOf(from, books), fiscalYearOf(through, books)];
  // As in the trial balance: profit and loss begin anew, and what earlier years earned stands on the account for it.
  const [head] = await tx.query<{ opening: string; debit: string; credit: string; kind: string | null }>(
    `WITH account AS (
       SELECT kind, kind IN ('DEBTOR', 'CREDITOR') AS personal, type LIKE 'INCOME%' OR type LIKE 'EXPENSE%' AS of_result
       FROM finance.account WHERE number = $1
     ), day AS (
       SELECT d.* FROM finance.account_day d JOIN account a ON d.personal = a.personal WHERE d.account = $1 AND d.fiscal_year <= $5
     ), result_forward AS (
       SELECT sum(d.debit - d.credit) AS balance FROM finance.account_day d JOIN finance.account a ON a.number = d.account
       WHERE $1 IN ($6, $7) AND d.fiscal_year < $4 AND NOT d.personal AND (a.type LIKE 'INCOME%' OR a.type LIKE 'EXPENSE%')
     )
     SELECT (coalesce((SELECT sum(debit - credit) FROM day
                       WHERE posted_on < $2 AND (fiscal_year = $4 OR NOT (SELECT of_result FROM account))), 0)
             + coalesce((SELECT balance FROM result_forward WHERE $1 = CASE WHEN balance < 0 THEN $6 ELSE $7 END), 0))::numeric(19, 2) AS opening,
            coalesce((SELECT sum(debit) FROM day WHERE posted_on BETWEEN $2 AND $3), 0)::numeric(19, 2) AS debit,
            coalesce((SELECT sum(credit) FROM day WHERE posted_on BETWEEN $2 AND $3), 0)::numeric(19, 2) AS credit,
            (SELECT kind FROM account) AS kind`,
    [account, from, through, firstYear, lastYear, profitForward, lossForward],
    'account_sheet_head',
  );
  if (!head?.kind) return null;
  const { opening, debit, credit } = head;
  // Day and year are asked of the entries too, although they are those of their lines: so the entries of other years stay out, and few
  // days of a control account, by which no index finds lines, are found by the entries' own.
  const control = head.kind === 'CONTROL';
  const of = control ? 'control_account' : 'account';
  const lines = await tx.query<Record<string, unknown> & { total: number }>(
    `SELECT l.entry_id AS "entryId", l.number, l.position, l.posted_on::text AS "postedOn", l.reference, l.text, l.tax_code AS "taxCode", l.debit, l.credit,
            l.balance, l.total,
            (SELECT CASE WHEN count(DISTINCT o.account) = 1 THEN min(o.account) END FROM finance.journal_line o
             WHERE o.entry_id = l.entry_id AND o.fiscal_year = l.fiscal_year AND o.${of} IS DISTINCT FROM $1) AS "counterAccount"
     FROM (
       SELECT j.entry_id, j.fiscal_year, e.number, e.number_key, j.position, j.posted_on, e.reference, coalesce(nullif(j.text, ''), e.text) AS text, j.tax_code,
              j.debit, j.credit, ($6::numeric + sum(j.debit - j.credit) OVER (ORDER BY j.posted_on, e.number_key, j.position))::numeric(19, 2) AS balance,
              count(*) OVER ()::int AS total
       FROM finance.journal_line j JOIN finance.journal_entry e ON e.id = j.entry_id AND e.fiscal_year = j.fiscal_year
       WHERE j.${of} = $1 AND j.posted_on BETWEEN $2 AND $3 AND j.fiscal_year BETWEEN $4 AND $5
         AND e.posted_on BETWEEN $2 AND $3 AND e.fiscal_year BETWEEN $4 AND $5
       ORDER BY j.posted_on, e.number_key, j.position OFFSET $7 LIMIT $8
     ) l ORDER BY l.posted_on, l.number_key, l.position`,
    [account, from, through, firstYear, lastYear, opening, at, first],
    control ? 'control_sheet_lines' : 'account_sheet_lines',
  );
  const totalCount =
    lines[0]?.total ?? (at > 0 ? await countLines(tx, of, [account, from, through, firstYear, lastYear]) : 0);
  const closing = amountOf(cents(opening) + cents(debit) - cents(credit));
  return { opening, debit, credit, closing, totalCount, lines };
}

/** For a page behind the last line, which has none to tell it. */
async function countLines(tx: Tx, of: 'account' | 'control_account', span: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM finance.journal_line
     WHERE ${of} = $1 AND posted_on BETWEEN $2 AND $3 AND fiscal_year BETWEEN $4 AND $5`,
    span,
  );
  return row?.n ?? 0;
}

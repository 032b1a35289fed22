import { calendarMonth } from '../../year.ts';

export interface SheetQuery {
  readonly year?: string;
  readonly month?: string;
  readonly page?: string;
}

export const linesPerPage = 200;

/** Calendar months of a fiscal year in their order, such as `2026-07`. */
export const monthsOf = (fiscalYear: number, firstMonth: number): readonly string[] =>
  Array.from({ length: 12 }, (_, at) => calendarMonth(fiscalYear, firstMonth, ((firstMonth - 1 + at) % 12) + 1));

/** Last day of a calendar month. */
export function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** First and last day of what is shown: one month, or the whole fiscal year. */
export function spanOf(months: readonly string[], month: string | undefined) {
  const [first, last] = month && months.includes(month) ? [month, month] : [months[0] ?? '', months.at(-1) ?? ''];
  return { from: `${first}-01`, through: lastDay(last) };
}

/** An amount on its side: what is below zero stands in credit. */
export const sideOf = (balance: string) => ({
  amount: balance.replace('-', ''),
  side: balance.startsWith('-') ? ('credit' as const) : Number(balance) === 0 ? null : ('debit' as const),
});

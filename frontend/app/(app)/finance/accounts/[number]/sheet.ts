import { lastDay } from '../../year.ts';

export interface SheetQuery {
  readonly year?: string;
  readonly month?: string;
  readonly page?: string;
}

export const linesPerPage = 200;

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

import { type CellWords, valueText } from './cell.tsx';
import type { GroupWay, Span } from './group-ways.ts';

/** What the entries of a group have in common, in the reader's words. */
export function groupLabel({ column, span }: GroupWay, key: string | null, words: CellWords, noValue: string): string {
  if (key === null || key === '') return noValue;
  if (span === 'month') return words.format.month(spanDays(span, key).from);
  if (span === 'quarter') return key.replace(/^(\d+)-Q(\d)$/, 'Q$2 $1');
  if (span === 'year') return key;
  return valueText(column, column.kind === 'yesNo' ? key === 'true' : key, words);
}

/** The filter that the entries of a group meet, and no others do. */
export function groupFilter({ column, span }: GroupWay, key: string | null): object {
  const field = column.filter as string;
  if (key === null) return { [field]: { isNull: true } };
  if (span) {
    const { from, to } = spanDays(span, key);
    return { [field]: { gte: from, lte: to } };
  }
  if (column.filterType === 'yesNo') return { [field]: { eq: key === 'true' } };
  return { [field]: column.filterType === 'set' ? { contains: key } : { eq: key } };
}

/** First and last day of `2011-12`, `2011-Q4` or `2011`. */
export function spanDays(span: Span, key: string): { readonly from: string; readonly to: string } {
  const year = Number(key.slice(0, 4));
  const first = span === 'month' ? Number(key.slice(5)) : span === 'quarter' ? Number(key.slice(6)) * 3 - 2 : 1;
  const months = { month: 1, quarter: 3, year: 12 }[span];
  const day = (month: number, date: number) => new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
  return { from: day(first, 1), to: day(first + months, 0) };
}

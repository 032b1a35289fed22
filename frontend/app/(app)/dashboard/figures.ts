import { amountOf, type Cents, cents } from '@valeo/money/money.ts';

export interface SalesMonth {
  readonly month: string;
  readonly net: string;
  readonly invoices: number;
  readonly creditNotes: number;
}

/** The months up to and including the one of a day, the oldest first, those without sales at zero. */
export function lastMonths(sales: readonly SalesMonth[], until: string, count: number): readonly SalesMonth[] {
  const known = new Map(sales.map((each) => [each.month.slice(0, 7), each]));
  return Array.from({ length: count }, (_, at) => {
    const month = monthBefore(until, count - 1 - at);
    return known.get(month.slice(0, 7)) ?? { month, net: '0.00', invoices: 0, creditNotes: 0 };
  });
}

/** First day of the month that lies so many months before the one of a day. */
export function monthBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}

export function yearTotal(sales: readonly SalesMonth[], year: string): string {
  const total = sales
    .filter((each) => each.month.startsWith(year))
    .reduce<Cents>((sum, each) => sum + cents(each.net), 0n);
  return amountOf(total);
}

/** Change from one amount to the next as a share; null when there is nothing to compare with. */
export function change(from: string | undefined, to: string): number | null {
  if (from === undefined || cents(from) <= 0n) return null;
  return Number(((cents(to) - cents(from)) * 10_000n) / cents(from)) / 10_000;
}

/** The share of a part in a whole, in percent with one decimal. */
export function share(part: string, whole: string): number {
  return cents(whole) === 0n ? 0 : Number((cents(part) * 1000n) / cents(whole)) / 10;
}

/** A round number above every value, for the top of an axis, and the steps below it. */
export function axis(values: readonly number[]): readonly number[] {
  // Nothing sold has an axis of whole euros, too.
  const most = Math.max(...values) > 0 ? Math.max(1, ...values) : 1000;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const top = [1, 1.6, 2, 4, 6, 8, 10].map((step) => step * magnitude).find((step) => step >= most) ?? magnitude * 10;
  return [0, 1, 2, 3, 4].map((step) => (top / 4) * step);
}

/** An axis in one unit, that of its top: steps in millions beside steps in full would not compare at a glance. */
export function axisLabels(steps: readonly number[], locale: string): readonly string[] {
  const top = steps.at(-1) ?? 0;
  const parts = new Intl.NumberFormat(locale, { notation: 'compact' }).formatToParts(top);
  const hasUnit = parts.some(({ type }) => type === 'compact');
  const divisor = hasUnit ? 1000 ** Math.floor(Math.log10(top) / 3) : 1;
  const unit = parts
    .filter(({ type }) => hasUnit && (type === 'literal' || type === 'compact'))
    .map(({ value }) => value)
    .join('');
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return steps.map((step) => (step === 0 ? '0' : number.format(step / divisor) + unit));
}

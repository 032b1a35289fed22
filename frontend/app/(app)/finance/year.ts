import { today } from '#i18n/today.ts';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A month of a fiscal year, which may begin in any month: the calendar year in which it lies is that of the year's start or the next. */
export function calendarMonth(fiscalYear: number, firstMonth: number, month: number): string {
  return `${month < firstMonth ? fiscalYear + 1 : fiscalYear}-${twoDigits(month)}`;
}

/** First and last day of the two calendar years that a fiscal year can reach into. */
export const reach = (fiscalYear: number) => ({ gte: `${fiscalYear}-01-01`, lte: `${fiscalYear + 1}-12-31` });

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The year that a page shows: the one asked for, else the newest with entries, and of an empty company the present one. */
export const yearToShow = (asked: string | undefined, withEntries: readonly number[], day = today()): number =>
  Number(asked) || withEntries[0] || yearOf(day);

/** Years that can be chosen: those with entries, the present one and the one shown, the latest first. */
export const yearsToChoose = (withEntries: readonly number[], shown: number, day = today()): readonly number[] =>
  [...new Set([...withEntries, yearOf(day), shown])].sort((one, other) => other - one);

/** Calendar months of a fiscal year in their order, such as `2026-07`. */
export const monthsOf = (fiscalYear: number, firstMonth: number): readonly string[] =>
  Array.from({ length: 12 }, (_, at) => calendarMonth(fiscalYear, firstMonth, ((firstMonth - 1 + at) % 12) + 1));

/** Last day of a calendar month. */
export function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** The month that a page shows: the one asked for by its number, else the present one, and of a year gone by its last. */
export function monthToShow(asked: string | undefined, months: readonly string[], day = today()): string {
  const found = months.find((month) => Number(month.slice(5)) === Number(asked));
  return found ?? months.find((month) => day.startsWith(month)) ?? (months.at(-1) as string);
}

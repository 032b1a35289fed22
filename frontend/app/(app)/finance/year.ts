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

/** The last month of a year that has begun: the present month of the present year; of a year gone by, its last. */
export const latestMonth = (year: number, day = today()): number =>
  yearOf(day) === year ? Number(day.slice(5, 7)) : 12;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A month of a fiscal year, which may begin in any month: the calendar year in which it lies is that of the year's start or the next. */
export function calendarMonth(fiscalYear: number, firstMonth: number, month: number): string {
  return `${month < firstMonth ? fiscalYear + 1 : fiscalYear}-${twoDigits(month)}`;
}

/** First and last day of the two calendar years that a fiscal year can reach into. */
export const reach = (fiscalYear: number) => ({ gte: `${fiscalYear}-01-01`, lte: `${fiscalYear + 1}-12-31` });

/** Years that can be chosen: those with entries and the present one, the latest first. */
export const yearsToChoose = (withEntries: readonly number[], present: number, shown: number): readonly number[] =>
  [...new Set([...withEntries, present, shown])].sort((one, other) => other - one);

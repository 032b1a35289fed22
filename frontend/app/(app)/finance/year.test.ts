import { expect, test } from 'vitest';
import { calendarMonth, lastDay, monthsOf, monthToShow, yearsToChoose, yearToShow } from './year.ts';

test('a month before the first of the fiscal year lies in the next calendar year', () => {
  expect(calendarMonth(2026, 1, 3)).toBe('2026-03');
  expect(calendarMonth(2026, 7, 12)).toBe('2026-12');
  expect(calendarMonth(2026, 7, 3)).toBe('2027-03');
});

test('a page shows the year asked for, else the newest with entries, else the present one', () => {
  expect(yearToShow('2010', [2011, 2010], '2026-11-30')).toBe(2010);
  expect(yearToShow(undefined, [2011, 2010], '2026-11-30')).toBe(2011);
  expect(yearToShow('last', [2011, 2010], '2026-11-30')).toBe(2011);
  expect(yearToShow(undefined, [], '2026-11-30')).toBe(2026);
});

test('the present year can be chosen before its first entry, and the one shown always', () => {
  expect(yearsToChoose([2011, 2010], 2011, '2026-11-30')).toEqual([2026, 2011, 2010]);
  expect(yearsToChoose([2011], 2015, '2026-11-30')).toEqual([2026, 2015, 2011]);
});

test('a page shows the month asked for, else the present one in the present year, else the last', () => {
  const months = monthsOf(2026, 7);
  expect([months[0], months[6], months.at(-1)]).toEqual(['2026-07', '2027-01', '2027-06']);
  expect(monthToShow('3', months, '2026-11-30')).toBe('2027-03');
  expect(monthToShow(undefined, months, '2026-11-30')).toBe('2026-11');
  expect(monthToShow('13', monthsOf(2011, 1), '2026-11-30')).toBe('2011-12');
});

test('a month ends where the calendar says', () => {
  expect(['2011-11', '2012-02', '2011-12'].map(lastDay)).toEqual(['2011-11-30', '2012-02-29', '2011-12-31']);
});

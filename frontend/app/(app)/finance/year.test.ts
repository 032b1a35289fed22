import { expect, test } from 'vitest';
import { calendarMonth, latestMonth, yearsToChoose, yearToShow } from './year.ts';

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

test('the latest month is the present one in the present year, else the last', () => {
  expect(latestMonth(2026, '2026-11-30')).toBe(11);
  expect(latestMonth(2011, '2026-11-30')).toBe(12);
});

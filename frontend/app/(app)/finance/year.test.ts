import { expect, test } from 'vitest';
import { calendarMonth, yearsToChoose } from './year.ts';

test('a month before the first of the fiscal year lies in the next calendar year', () => {
  expect(calendarMonth(2026, 1, 3)).toBe('2026-03');
  expect(calendarMonth(2026, 7, 12)).toBe('2026-12');
  expect(calendarMonth(2026, 7, 3)).toBe('2027-03');
});

test('the present year can be chosen before its first entry', () => {
  expect(yearsToChoose([2011, 2010], 2026, 2011)).toEqual([2026, 2011, 2010]);
});

import { describe, expect, test } from 'vitest';
import { daysOf, type Period, periods } from './periods.ts';

describe('as of Wednesday, 11 February 2026', () => {
  test.each<[Period, string, string]>([
    ['today', '2026-02-11', '2026-02-11'],
    ['yesterday', '2026-02-10', '2026-02-10'],
    ['tomorrow', '2026-02-12', '2026-02-12'],
    ['thisWeek', '2026-02-09', '2026-02-15'],
    ['lastWeek', '2026-02-02', '2026-02-08'],
    ['nextWeek', '2026-02-16', '2026-02-22'],
    ['thisMonth', '2026-02-01', '2026-02-28'],
    ['lastMonth', '2026-01-01', '2026-01-31'],
    ['nextMonth', '2026-03-01', '2026-03-31'],
    ['thisQuarter', '2026-01-01', '2026-03-31'],
    ['lastQuarter', '2025-10-01', '2025-12-31'],
    ['thisYear', '2026-01-01', '2026-12-31'],
    ['lastYear', '2025-01-01', '2025-12-31'],
    ['last7Days', '2026-02-05', '2026-02-11'],
    ['last30Days', '2026-01-13', '2026-02-11'],
    ['last90Days', '2025-11-14', '2026-02-11'],
    ['next7Days', '2026-02-11', '2026-02-17'],
    ['next30Days', '2026-02-11', '2026-03-12'],
    ['past', '1926-03-08', '2026-02-10'],
  ])('%s is %s to %s', (period, from, to) => {
    expect(daysOf(period, '2026-02-11')).toEqual({ from, to });
  });
});

test('every period ends on or after the day on which it begins, also over leap days and new years', () => {
  for (const day of ['2024-02-29', '2025-12-31', '2026-01-01', '2027-03-31']) {
    for (const start of [1, 4, 7, 10, 12]) {
      for (const period of periods) {
        const { from, to } = daysOf(period, day, start);
        expect(from <= to, `${period} on ${day}`).toBe(true);
      }
      const { from, to } = daysOf('thisYear', day, start);
      expect(from <= day && day <= to, `fiscal year from ${start} on ${day}`).toBe(true);
      expect(Number(from.slice(5, 7))).toBe(start);
    }
  }
});

test('quarters are those of the fiscal year', () => {
  expect(daysOf('thisQuarter', '2026-01-15', 2)).toEqual({ from: '2025-11-01', to: '2026-01-31' });
});

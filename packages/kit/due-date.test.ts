import { expect, test } from 'vitest';
import { dueDate, isWorkingDay } from './due-date.ts';

test.each([
  ['2011-12-09', 14, '2011-12-23'],
  ['2011-12-10', 14, '2011-12-27'], // 24 December 2011 is a Saturday, 25 and 26 are holidays.
  ['2026-11-20', 1, '2026-11-23'], // Saturday
  ['2026-03-20', 14, '2026-04-07'], // Good Friday, Easter
])('%s plus %i days is due on %s', (issuedOn, days, due) => {
  expect(dueDate(issuedOn, days)).toBe(due);
});

test('movable holidays of several years', () => {
  for (const day of ['2024-03-29', '2024-04-01', '2025-05-29', '2025-06-09', '2026-05-14', '2026-05-25'])
    expect(isWorkingDay(day)).toBe(false);
  expect(isWorkingDay('2026-05-26')).toBe(true);
});

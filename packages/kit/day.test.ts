import { expect, test } from 'vitest';
import { today } from './day.ts';

test('the day changes at midnight in Germany, in summer and in winter', () => {
  expect(today(new Date('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
  expect(today(new Date('2026-07-01T22:30:00Z'))).toBe('2026-07-02');
  expect(today(new Date('2026-01-01T22:59:59Z'))).toBe('2026-01-01');
  expect(today(new Date('2026-01-01T23:30:00Z'))).toBe('2026-01-02');
});

import { expect, test } from 'vitest';
import { placeOf } from './tax-abroad.ts';

test.each([
  ['DE', '2026-11-30', null],
  ['AT', '2026-11-30', 'EU'],
  ['CH', '2026-11-30', 'THIRD'],
  ['GB', '2020-12-31', 'EU'],
  ['GB', '2021-01-01', 'THIRD'],
  ['GB', '', 'THIRD'],
  ['PL', '', 'EU'],
] as const)('a customer in %s on %s is in %s', (country, day, place) => {
  expect(placeOf(country, day)).toBe(place);
});

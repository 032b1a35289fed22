import { expect, test } from 'vitest';
import { calculate } from './calculate.ts';

test('works sums out exactly, with comma or point', () => {
  expect(calculate('3*19,95+5')).toBe('64.85');
  expect(calculate('0.1+0.2')).toBe('0.3');
  expect(calculate('(2+3)*4')).toBe('20');
  expect(calculate('10/4')).toBe('2.5');
  expect(calculate('-2*3')).toBe('-6');
  expect(calculate('14.646 × 1,19')).toBe('17.4287');
});

test('is silent about everything that is no sum', () => {
  for (const text of ['14646', 'RE-2011', '2011-12-09x', '1/0', '(1+2', 'Kunde 1+', ''])
    expect(calculate(text)).toBeNull();
});

import { expect, test } from 'vitest';
import { calculate } from './calculate.ts';

test('works sums out exactly, with comma or point', () => {
  expect(calculate('3*19,95+5', 'de')).toBe('64.85');
  expect(calculate('0.1+0.2', 'de')).toBe('0.3');
  expect(calculate('(2+3)*4', 'de')).toBe('20');
  expect(calculate('10/4', 'en')).toBe('2.5');
  expect(calculate('-2*3', 'en')).toBe('-6');
  expect(calculate('3*19.95', 'en')).toBe('59.85');
});

test('reads thousands as the language writes them', () => {
  expect(calculate('14.646 × 1,19', 'de')).toBe('17428.74');
  expect(calculate('1,5 * 1.000', 'de')).toBe('1500');
  expect(calculate('1.000,50 + 2', 'de')).toBe('1002.5');
  expect(calculate('0.125 * 8', 'de')).toBe('1');
  expect(calculate('1,000.50 + 2', 'en')).toBe('1002.5');
  expect(calculate('1.5 * 1,000', 'en')).toBe('1500');
});

test('adds and takes off percentages of what stands before', () => {
  expect(calculate('200+19%', 'de')).toBe('238');
  expect(calculate('1.000 − 2,5 %', 'de')).toBe('975');
  expect(calculate('200*19%', 'de')).toBe('38');
  expect(calculate('100+200*19%', 'en')).toBe('138');
});

test('is silent about everything that is no sum', () => {
  for (const text of ['14646', 'RE-2011', '2011-12-09x', '1/0', '(1+2', 'Kunde 1+', '1.2.3+1', ''])
    expect(calculate(text, 'de')).toBeNull();
});

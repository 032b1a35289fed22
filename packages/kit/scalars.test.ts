import { parseValue } from 'graphql';
import { describe, expect, test } from 'vitest';
import { isDate, scalarResolvers } from './scalars.ts';

describe('days', () => {
  test.each(['2024-02-29', '0001-01-01', '9999-12-31'])('%s exists', (day) => expect(isDate(day)).toBe(true));
  test.each(['2023-02-29', '2026-13-01', '2026-00-01', '2026-1-1', '0000-01-01', '2026-01-01T00:00:00Z', ''])(
    '"%s" does not',
    (day) => expect(isDate(day)).toBe(false),
  );
});

const { Date: day, DateTime: moment, Decimal: decimal } = scalarResolvers;

test('scalars take strings of their form only', () => {
  expect(decimal.parseValue('1.50')).toBe('1.50');
  for (const wrong of [1.5, '1,5', '1e3', null, {}, '1'.repeat(41)])
    expect(() => decimal.parseValue(wrong)).toThrow('Decimal');
  for (const wrong of ['2026-02-30', 20260101]) expect(() => day.parseValue(wrong)).toThrow('Date');
  for (const wrong of ['2026-01-01', '2026-01-01T25:00:00Z', '2026-01-01 00:00'])
    expect(() => moment.parseValue(wrong)).toThrow('DateTime');
});

test('a value of another type is shown as it was written, in a variable and in the document', () => {
  expect(() => decimal.parseValue(12.5)).toThrow('Decimal must be a string such as "12.50", found 12.5.');
  expect(() => decimal.parseLiteral(parseValue('12.5'), {})).toThrow('found 12.5.');
  expect(() => day.parseLiteral(parseValue('[2011]'), {})).toThrow('found [2011].');
  expect(() => day.parseLiteral(parseValue('"2011-02-29"'), {})).toThrow('found "2011-02-29".');
  expect(decimal.parseLiteral(parseValue('"12.5"'), {})).toBe('12.5');
});

test.each([
  ['a day that is not in its month', '2026-02-30T00:00:00Z'],
  ['a year before the first', '0000-01-01T00:00:00Z'],
  ['an offset that no place has', '2026-01-01T00:00:00+23:59'],
])('a moment that cannot be compared with any that is kept is refused: %s', (_, wrong) =>
  expect(() => moment.parseValue(wrong)).toThrow('DateTime'),
);

test('moments are written as RFC 3339', () => {
  expect(moment.serialize('2011-12-09 14:32:00.123456+00')).toBe('2011-12-09T14:32:00.123456Z');
});

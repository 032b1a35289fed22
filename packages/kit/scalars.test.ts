import { parseValue } from 'graphql';
import { expect, test } from 'vitest';
import { scalarResolvers } from './scalars.ts';

const { Decimal, Date: day } = scalarResolvers;

test('a value of another type is shown as it was written, in a variable and in the document', () => {
  expect(() => Decimal.parseValue(12.5)).toThrow('Decimal must be a string such as "12.50", found 12.5.');
  expect(() => Decimal.parseLiteral(parseValue('12.5'), {})).toThrow('found 12.5.');
  expect(() => day.parseLiteral(parseValue('[2011]'), {})).toThrow('found [2011].');
  expect(() => day.parseLiteral(parseValue('"2011-02-29"'), {})).toThrow('found "2011-02-29".');
  expect(Decimal.parseLiteral(parseValue('"12.5"'), {})).toBe('12.5');
});

import { isDecimal } from '@valeo/money/decimal.ts';
import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](\d{2}):\d{2})$/;
/** PostgreSQL takes no offset beyond; on earth there is none above 14. */
const MAX_OFFSET_HOURS = 15;
const MAX_DECIMAL_LENGTH = 40;

/** True for an existing calendar day in the form YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** True for a moment in the form of RFC 3339 that PostgreSQL can compare. `Date.parse` alone would take the 30th of February. */
function isDateTime(text: string): boolean {
  const [match, day = '', offsetHours = '0'] = DATE_TIME.exec(text) ?? [];
  if (!match || !isDate(day) || Number(offsetHours) > MAX_OFFSET_HOURS) return false;
  return !Number.isNaN(Date.parse(text));
}

/** `2011-12-09 14:32:00.5+00`, as PostgreSQL writes it in UTC, becomes `2011-12-09T14:32:00.5Z`. */
const toRfc3339 = (text: string) => text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z');

/** True for a moment as PostgreSQL writes it in UTC. */
export const isStoredMoment = (text: string): boolean => isDateTime(toRfc3339(text));

function stringScalar(
  name: string,
  description: string,
  accepts: (text: string) => boolean,
  expected: string,
  serialize: (text: string) => string = (text) => text,
): GraphQLScalarType<string, string> {
  const refuse = (found: string | undefined): never => {
    throw new GraphQLError(`${name} must be ${expected}, found ${found?.slice(0, 60)}.`);
  };
  const parse = (value: unknown): string =>
    typeof value === 'string' && accepts(value) ? value : refuse(JSON.stringify(value));
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => serialize(String(value)),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => (node.kind === Kind.STRING ? parse(node.value) : refuse(print(node))),
  });
}

export const scalarResolvers = {
  Decimal: stringScalar(
    'Decimal',
    'Exact decimal number as a JSON string in plain notation with a point and without exponent: "1461756.25". Money has exactly two decimals.',
    (text) => text.length <= MAX_DECIMAL_LENGTH && isDecimal(text),
    'a string such as "12.50"',
  ),
  Date: stringScalar('Date', 'Calendar day as YYYY-MM-DD.', isDate, 'a day such as "2011-12-09"'),
  DateTime: stringScalar(
    'DateTime',
    'Moment in UTC as RFC 3339: 2011-12-09T14:32:00Z.',
    isDateTime,
    'a moment such as "2011-12-09T14:32:00Z"',
    toRfc3339,
  ),
};

import { buildSchema, getVariableValues, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Obj } from '../execute/run.ts';
import { InvalidVariables } from '../report/refuse.ts';
import { compileVariables } from './variables.ts';

const schema = buildSchema(
  'type Query { a: Int } input In { a: Int! b: [String] = ["x"] } input Tree { name: String! weight: Float e: E day: Day inner: [Tree!] one: One } input One @oneOf { a: Int b: Int } scalar Day enum E { ONE TWO }',
);
const types = [
  'Int',
  'Int!',
  'Int = 3',
  'ID',
  'ID!',
  'String = "x"',
  'Boolean!',
  'Float',
  '[Int!]',
  'In',
  'In = { a: 1 }',
  'E = ONE',
  'Tree',
  '[[Tree!]!]!',
];
const values: readonly unknown[] = [
  undefined,
  null,
  0,
  -0,
  1,
  2 ** 31,
  -(2 ** 31),
  1.5,
  1e400,
  '',
  '1',
  true,
  [],
  [1],
  [null],
  {},
  { a: 1 },
  'ONE',
  'THREE',
  { name: 'x' },
  { name: 'x', inner: [{ name: 'y', weight: 1, e: 'TWO', day: '2026-01-01', inner: [] }] },
  { name: 'x', weight: null, e: undefined },
  { name: 'x', unknown: 1 },
  { name: 'x', unknown: undefined },
  { name: 'x', e: 'THREE', inner: { name: 'y' } },
  { name: 'x', inner: [null, { name: 1 }] },
  { name: 'x', one: { a: 1 } },
  { name: 'x', one: { a: 1, b: 2 } },
  { name: 'x', toString: 1 },
  [[{ name: 'x' }]],
  [{ name: 'x' }],
];

const outcome = (coerce: () => unknown): unknown => {
  try {
    return coerce();
  } catch (error) {
    return error instanceof InvalidVariables ? error.errors.map(({ message }) => message) : error;
  }
};

test.each(types)('a variable of type %s is coerced as graphql would, and refused with its words', (type) => {
  const [definition] = parse(`query ($v: ${type}) { a }`).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error('no operation');
  const definitions = definition.variableDefinitions ?? [];
  const coerce = compileVariables(definitions, schema);
  for (const value of values) {
    const given: Obj = value === undefined ? { other: 1 } : { v: value };
    const expected = getVariableValues(schema, definitions, given);
    expect(outcome(() => ({ ...coerce(given) }))).toEqual(
      expected.coerced ? { ...expected.coerced } : expected.errors.map(({ message }) => message),
    );
  }
});

import { buildSchema, getIntrospectionQuery, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { fragmentsOf } from '../execute/selection.ts';
import { checkIntrospection, createIntrospection, isIntrospection } from './introspection.ts';

const schema = buildSchema(`
  """${'A long story. '.repeat(20)}"""
  type Query { item(id: ID = "1"): Item all(first: Int = 50, after: String): [Thing!]! old: Int @deprecated }
  interface Thing { id: ID! }
  type Item implements Thing { id: ID! name: String next: Item all(first: Int = 50): [Item!] }
`);

const everything = getIntrospectionQuery({
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});
const aliases = (count: number, field: string): string =>
  Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ');
const type = (name: string): string => `${name}: __type(name: $${name}) { name fields { name type { name kind } } }`;
const fullType =
  'fragment T on __Type { name description fields { name description type { name } args { name type { name } } } }';
const check = (text: string) => () => checkIntrospection(parse(text), schema);
const operationOf = (text: string): Parameters<ReturnType<typeof createIntrospection>> => {
  const document = parse(text);
  return [document, document.definitions[0] as OperationDefinitionNode, fragmentsOf(document)];
};

describe('questions about the schema', () => {
  test.each([
    ['everything, as tools ask', everything],
    ['types by name, as variables', `query($a: String!, $b: String!) { ${['a', 'b'].map(type).join(' ')} }`],
    ['some lists twice', '{ __schema { a: types { name kind } b: types { name fields { name } } } }'],
    ['nothing about the schema', `{ ${aliases(2_000, '__typename')} }`],
  ])('are free: %s', (_, text) => {
    expect(check(text)).not.toThrow();
  });

  test.each([
    ['lists under many names', `{ __schema { ${aliases(20, 'types { ...T }')} } } ${fullType}`],
    ['one type under many names', `{ ${aliases(100, '__type(name: "Query") { ...T }')} } ${fullType}`],
    ['by a variable', `query($a: String!) { ${aliases(40, '__type(name: $a) { ...T }')} } ${fullType}`],
    [
      'in fragments at the root',
      `{ ...Q } fragment Q on Query { __schema { ${aliases(20, 'types { ...T }')} } } ${fullType}`,
    ],
    ['a long text again and again', `{ __type(name: "Query") { ${aliases(900, 'description')} } }`],
    [
      'in many operations',
      `${[...'ABCDEFGHI'].map((name) => `query ${name} { __schema { types { ...T } } }`).join(' ')} ${fullType}`,
    ],
  ])('are refused where they come to many times the schema: %s', (_, text) => {
    expect(check(text)).toThrow('times the whole schema');
  });
});

test('the last answers are kept and no others, and none that depends on variables', () => {
  const make = createIntrospection(schema, undefined);
  const introspectionOf = (text: string) => make(...operationOf(text)) as NonNullable<ReturnType<typeof make>>;
  const first = introspectionOf('{ __schema { queryType { name } } }');
  const answer = first({}, '');
  expect(first({}, '')).toBe(answer);
  for (let i = 0; i < 10; i++) introspectionOf(`{ a${i}: __schema { queryType { name } } }`)({}, '');
  expect(first({}, '')).not.toBe(answer);
  const byName = introspectionOf('query($n: String!) { __type(name: $n) { name } }');
  expect([byName({ n: 'Item' }, ''), byName({ n: 'Query' }, '')]).toEqual([
    { __type: '{"name":"Item"}' },
    { __type: '{"name":"Query"}' },
  ]);
});

test('an answer that another thread gives is asked for once by all who wait, and again after a failure', async () => {
  let asked = 0;
  let fails = true;
  const make = createIntrospection(schema, async () => {
    asked++;
    if (fails) throw new Error('too long');
    return { __schema: '{}' };
  });
  const introspect = make(...operationOf('{ __schema { queryType { name } } }')) as NonNullable<
    ReturnType<typeof make>
  >;
  await expect(Promise.all([introspect({}, ''), introspect({}, '')])).rejects.toThrow('too long');
  fails = false;
  expect(await Promise.all([introspect({}, ''), introspect({}, '')])).toEqual([{ __schema: '{}' }, { __schema: '{}' }]);
  expect(asked).toBe(2);
});

test('fragments that use each other do not keep the look at a document that is not valid', () => {
  const cycle = operationOf('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A __typename }');
  expect(isIntrospection(cycle[1], cycle[2])).toBe(true);
  const many = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ');
  const bomb = operationOf(`{ ...F0 } ${many} fragment F60 on Query { old }`);
  expect(isIntrospection(bomb[1], bomb[2])).toBe(false);
});

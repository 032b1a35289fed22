import { buildSchema, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import accepted from './accepted-changes.json' with { type: 'json' };
import { unrecordedBreaks, unrecordedChanges } from './breaking.ts';
import changelog from './changelog.json' with { type: 'json' };
import { recordChanges } from './changelog.ts';
import { compose } from './compose.ts';
import { breaches } from './rules.ts';
import { readSubgraphs } from './subgraphs.ts';

test('the graph of the house keeps the rules', async () => {
  expect(breaches(await readSubgraphs())).toEqual([]);
});

test('the domains compose', async () => {
  expect(compose(await readSubgraphs()).api).toContain('type Query');
});

test('a list of records that tell when they changed is read by what changed since', async () => {
  const { schema } = compose(await readSubgraphs());
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  };
  const listed = Object.keys(schema.getTypeMap())
    .filter((name) => schema.getType(`${name}Connection`))
    .filter((name) => fieldsOf(name).includes('updatedAt'));
  expect(listed.length).toBeGreaterThan(10);
  for (const name of listed) {
    expect(fieldsOf(`${name}Filter`), name).toContain('updatedAt');
    const order = schema.getType(`${name}OrderField`);
    expect(isEnumType(order) && order.getValue('UPDATED_AT'), name).toBeTruthy();
  }
});

describe('a breach is noticed', () => {
  const shop = (sdl: string) => [{ name: 'shop', sdl }];

  test.each([
    ['a list of objects without a size', shop('type Query { items: [Item!]! } type Item { id: ID }'), 'no @listSize'],
    ['a shared object with objects in it', shop('type Node @shareable { next: Node }'), 'is shared'],
    ['a shared entity', shop('type Node @key(fields: "id") @shareable { id: ID }'), 'is shared'],
    ['a required field with arguments', shop('type A { b: Int @requires(fields: "c(d: 1)") }'), 'with arguments'],
    [
      'an entity field of two subgraphs',
      [
        { name: 'one', sdl: 'type A @key(fields: "id") { id: ID name: String }' },
        { name: 'two', sdl: 'type A @key(fields: "id") { id: ID name: String }' },
      ],
      'A.name is answered by one and by two',
    ],
    [
      "another domain's object that may not be null",
      shop('type A { b: B! } type B @key(fields: "id", resolvable: false) { id: ID! }'),
      'A.b is another domain',
    ],
    [
      "a field on another domain's object that may not be null",
      [
        { name: 'stock', sdl: 'type Query { item(id: ID!): Item } type Item @key(fields: "id") { id: ID! }' },
        { name: 'shop', sdl: 'type Item @key(fields: "id") { id: ID! sold: Int! }' },
      ],
      'shop: Item.sold is added to another domain',
    ],
    ['a deprecation without a date', shop('type A { b: Int @deprecated(reason: "Gone soon.") }'), 'without a date'],
    ['a mutation of another form', shop('type Mutation { sell(id: ID!): Boolean }'), 'is not of the common form'],
  ])('%s', (_, subgraphs, sentence) => {
    expect(breaches(subgraphs).join()).toContain(sentence);
  });

  test.each([
    ['a list with a size', shop('type Query { items: [Item!]! @listSize(assumedSize: 3) } type Item { id: ID }')],
    ['a list of leaves', shop('type Query { names: [String!]! }')],
    ['a shared value', shop('type Money @shareable { amount: String! currency: String! }')],
    [
      'a key in two subgraphs',
      [
        { name: 'one', sdl: 'type A @key(fields: "id") { id: ID }' },
        { name: 'two', sdl: 'type A @key(fields: "id") { id: ID }' },
      ],
    ],
  ])('but not in %s', (_, subgraphs) => {
    expect(breaches(subgraphs)).toEqual([]);
  });
});

describe('a change that breaks clients', () => {
  const before = buildSchema('type Query { a: Int b: Int }');
  const after = buildSchema('type Query { a: Int }');

  test('is named', () => {
    expect(unrecordedChanges(before, after, {})).toEqual(['FIELD_REMOVED: Query.b was removed.']);
  });

  test('is still named when the committed graph has it', () => {
    const log = recordChanges([], before, after, '2026-11-30');
    expect(unrecordedBreaks(log, {})).toEqual(['2026-11-30: Query.b was removed.']);
    expect(unrecordedBreaks(log, { 'FIELD_REMOVED: Query.b was removed.': 'Nobody used it.' })).toEqual([]);
  });

  test('is recorded with its reason, each that ever was', () => {
    expect(unrecordedBreaks(changelog, accepted)).toEqual([]);
  });

  test('passes once it is recorded, and additions always do', () => {
    expect(unrecordedChanges(before, after, { 'FIELD_REMOVED: Query.b was removed.': 'Nobody used it.' })).toEqual([]);
    expect(unrecordedChanges(after, before, {})).toEqual([]);
  });
});

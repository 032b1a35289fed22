// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { generate } from './generate.ts';
import { typesOf } from './types.ts';

const root = join(import.meta.dirname, '../..');

test('every document fits the schema, and the committed operations are those of the documents', () => {
  const { operations, typescript, modules } = generate(readFileSync(join(root, 'schema/api.graphql'), 'utf8'));
  expect(JSON.parse(readFileSync(join(root, 'schema/operations.json'), 'utf8'))).toEqual(operations);
  for (const id of Object.keys(operations)) expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(typescript).toContain("export { SalesInvoicesList } from './operations/SalesInvoicesList.ts';");
  expect(modules.SalesInvoicesList).toContain('export const SalesInvoicesList');
  // A page is sent the operations of the modules it names, so none may hold two.
  expect(Object.keys(modules)).toHaveLength(Object.keys(operations).length);
});

test('types say what can be null, left out or chosen', () => {
  const schema = buildSchema(`
    enum State { ON OFF }
    input Filter { state: State names: [String!] or: [Filter!] limit: Int! = 5 }
    interface Node { id: ID! }
    type Lamp implements Node { id: ID! state: State! watts: Int room: Room }
    type Room implements Node { id: ID! name: String! }
    type Query { lamps(filter: Filter): [Lamp!]! node(id: ID!): Node }
  `);
  const types = typesOf(
    schema,
    parse(`
      fragment LampState on Lamp { state }
      query Lamps($filter: Filter, $deep: Boolean!) {
        lamps(filter: $filter) { id watts ...LampState room @include(if: $deep) { name } }
        node(id: "1") { __typename id ... on Room { name } }
      }
    `),
  );
  expect(types).toContain("export type State = 'ON' | 'OFF';");
  expect(types).toContain('limit?: number;');
  expect(types).toContain('or?: readonly (Filter)[] | null;');
  expect(types).toContain('readonly watts: number | null;');
  expect(types).toContain('readonly state: State;');
  expect(types).toContain('readonly room?: { readonly name: string; } | null;');
  expect(types).toContain("{ readonly __typename: 'Room'; readonly id: string; readonly name: string; }");
  expect(types).toContain('  filter?: Filter | null;\n  deep: boolean;');
});

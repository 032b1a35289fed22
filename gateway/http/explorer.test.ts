import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { buildSchema, introspectionFromSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

interface Example {
  readonly name: string;
  readonly query: string;
}

/** What the page offers for each root field of a schema. */
function examplesOf(sdl: string): { examples: Example[]; faults: string[] } {
  const schema = buildSchema(sdl, { assumeValidSDL: true });
  const page = createContext({ schema: introspectionFromSchema(schema).__schema });
  const source = readFileSync(path.join(import.meta.dirname, 'explorer-schema.js'), 'utf8');
  const all =
    '[...roots].flatMap(([operation, root]) => types.get(root).fields.map((field) => example(operation, field)))';
  const examples: Example[] = runInContext(`${source}\nread(schema);\n${all}`, page);
  return {
    examples,
    faults: examples.flatMap(({ query }) => validate(schema, parse(query)).map(({ message }) => message)),
  };
}

test('every example of our own graph can be run', () => {
  const { examples, faults } = examplesOf(
    readFileSync(path.join(import.meta.dirname, '../../schema/api.graphql'), 'utf8'),
  );
  expect(faults).toEqual([]);
  expect(examples.length).toBeGreaterThan(200);
});

test('so can those of a graph with unions, and of one that has subscriptions but no mutations', () => {
  const { examples, faults } = examplesOf(`
    type Query { any: Any way: Way deep: Deep }
    union Any = Item | Deep
    interface Way { id: ID }
    type Item implements Way { id: ID }
    type Deep { item: Item any: Any }
    type Subscription { changed(id: ID!): Int }
  `);
  expect(faults).toEqual([]);
  expect(examples.map(({ query }) => query.split(' ')[0])).toEqual(['query', 'query', 'query', 'subscription']);
});

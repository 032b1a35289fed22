import { buildSchema, type GraphQLObjectType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { compose } from './compose.ts';
import { example, reference } from './reference.ts';
import { readSubgraphs } from './subgraphs.ts';

test('every example in the reference is a valid operation of the graph', async () => {
  const { schema } = compose(await readSubgraphs());
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  const invalid = roots.flatMap(([keyword, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) => {
      const text = example(keyword, field);
      return validate(schema, parse(text)).map(({ message }) => `${field.name}: ${message}`);
    }),
  );
  expect(invalid).toEqual([]);
});

test('the reference carries descriptions, arguments, deprecations and values', () => {
  const schema = buildSchema(`
    "Sorts of things." enum Kind { "A big one." BIG SMALL @deprecated(reason: "Since 2026: use BIG.") }
    "A thing." type Thing { "Its number." id: ID! kind: Kind }
    type Query { "One thing." thing("Its number." id: ID!): Thing }`);
  const pages = new Map(reference(schema).map(({ file, text }) => [file, text]));
  expect(pages.get('queries.md')).toContain(
    '## thing\n\nOne thing.\n\n| argument | type | |\n|---|---|---|\n| `id` | `ID!` | Its number. |',
  );
  expect(pages.get('queries.md')).toContain('query Thing($id: ID!) {\n  thing(id: $id) {\n    id\n    kind\n  }\n}');
  expect(pages.get('objects.md')).toContain('| `id` | `ID!` | Its number.');
  expect(pages.get('enums-and-scalars.md')).toContain('**Deprecated.** Since 2026: use BIG.');
  expect((schema.getType('Thing') as GraphQLObjectType).name).toBe('Thing');
});

import { buildSchema, type GraphQLObjectType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { compose } from './compose.ts';
import { example, reference } from './reference.ts';
import { scopesOf } from './scopes.ts';
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

test('the scopes of a field are those of the graph', async () => {
  const scopes = scopesOf(compose(await readSubgraphs()).supergraph);
  expect(scopes.get('Query.articles')).toEqual([['inventory:read']]);
  expect(scopes.get('Mutation.postSalesInvoice')).toEqual([['sales:post']]);
  expect(scopes.get('Query.viewer')).toBeUndefined();
});

test('the reference carries descriptions, scopes, arguments, deprecations and values, and types lead to their place', () => {
  const schema = buildSchema(`
    "Sorts of things." enum Kind { "A big one." BIG SMALL @deprecated(reason: "Since 2026: use BIG.") }
    "A thing." type Thing { "Its number." id: ID! kind: Kind }
    type Query { "One thing." thing("Its number." id: ID!): Thing }`);
  const scopes = new Map([
    ['Query.thing', [['things:read'], ['all:read', 'all:see']]],
    ['Thing.kind', [['kinds:read']]],
  ]);
  const pages = new Map(reference(schema, scopes).map(({ file, text }) => [file, text]));
  expect(pages.get('queries.md')).toContain(
    '## thing\n\nOne thing.\n\nNeeds the scope `things:read` or `all:read` and `all:see`.\n\n| argument | type | |\n|---|---|---|\n| `id` | `ID!` | Its number. |',
  );
  expect(pages.get('queries.md')).toContain('query Thing($id: ID!) {\n  thing(id: $id) {\n    id\n    kind\n  }\n}');
  expect(pages.get('queries.md')).toContain('Answers [`Thing`](objects.md#thing).');
  expect(pages.get('objects.md')).toContain('| `id` | `ID!` | Its number. |');
  expect(pages.get('objects.md')).toContain(
    '| `kind` | [`Kind`](enums-and-scalars.md#kind) | Needs the scope `kinds:read`. |',
  );
  expect(pages.get('enums-and-scalars.md')).toContain('**Deprecated.** Since 2026: use BIG.');
  expect((schema.getType('Thing') as GraphQLObjectType).name).toBe('Thing');
});

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { LocalSubgraph } from '../../options.ts';
import { post, startServed, startToys, toy } from '../toys.ts';

/** Asks in memory and over HTTP: both ways must give the same answer. */
async function ask(
  toys: LocalSubgraph[],
  query: string,
  variables = {},
): Promise<{ data: unknown; errors?: { message: string; path: unknown }[] }> {
  const inMemory = await startToys(toys);
  const overHttp = await startServed(toys);
  try {
    const [one, two] = await Promise.all(
      [inMemory.url, overHttp.gateway.url].map((url) => post(url, { query, variables })),
    );
    const plain = ({ data, errors }: { data: unknown; errors?: { message: string; path: unknown }[] }) => ({
      data,
      ...(errors ? { errors: errors.map(({ message, path }) => ({ message, path })) } : {}),
    });
    expect(plain(one?.body)).toEqual(plain(two?.body));
    return plain(one?.body);
  } finally {
    await inMemory.close(0);
    await overHttp.close();
  }
}

const rates: Record<string, number> = { EUR: 1, USD: 2 };
const priced = () => [
  toy(
    'shop',
    'type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! price(currency: String!): Int comments(limit: Int): [Comment!] } type Comment @key(fields: "id") { id: ID! }',
    {
      Query: { items: () => [{ id: '1' }, { id: '2' }] },
      Item: {
        __resolveReference: (item: object) => item,
        price: ({ id }: { id: string }, { currency }: { currency: string }) => Number(id) * 10 * (rates[currency] ?? 0),
        comments: ({ id }: { id: string }, { limit = 9 }: { limit?: number }) =>
          ['a', 'b', 'c'].slice(0, limit).map((one) => ({ id: id + one })),
      },
    },
  ),
  toy(
    'freight',
    `type Item @key(fields: "id") { id: ID! price(currency: String!): Int @external comments(limit: Int): [Comment!] @external
       freight: Int @requires(fields: "price(currency: \\"EUR\\")") freightAbroad: Int @requires(fields: "price(currency: \\"USD\\")")
       weight: Int authors: String @requires(fields: "comments(limit: 3) { id }") }
     type Comment @key(fields: "id") { id: ID! }`,
    {
      Item: {
        freight: ({ price }: { price: number }) => price + 1,
        freightAbroad: ({ price }: { price: number }) => price + 1,
        weight: () => 5,
        authors: ({ comments }: { comments: { id: string }[] }) => comments.map(({ id }) => id).join('+'),
      },
    },
  ),
];

test('two fields that require one field with different arguments each get their own', async () => {
  const { data, errors } = await ask(priced(), '{ items { id freight freightAbroad weight } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    items: [
      { id: '1', freight: 11, freightAbroad: 21, weight: 5 },
      { id: '2', freight: 21, freightAbroad: 41, weight: 5 },
    ],
  });
});

test('what a field requires with arguments does not show in the same field asked for with others', async () => {
  const query =
    'query ($limit: Int) { items { authors comments(limit: $limit) { id } price(currency: "USD") freight } }';
  const { data } = await ask(priced(), query, { limit: 1 });
  expect(data).toEqual({
    items: [
      { authors: '1a+1b+1c', comments: [{ id: '1a' }], price: 20, freight: 11 },
      { authors: '2a+2b+2c', comments: [{ id: '2a' }], price: 40, freight: 21 },
    ],
  });
});

test('an entity is entered by a key its subgraph resolves, not by one it only names', async () => {
  const toys = [
    toy(
      'one',
      `type Query { a: A } type A @key(fields: "code { left right }", resolvable: false) @key(fields: "id code { right }") { id: ID! code: Code! name: String @external upper: String @requires(fields: "name") }
       type Code @shareable { left: Int right: Int }`,
      {
        Query: { a: () => ({ id: '1', code: { left: 1, right: 2 } }) },
        A: {
          __resolveReference: (a: { id?: string }) => (a.id ? a : null),
          upper: ({ name }: { name: string }) => name.toUpperCase(),
        },
      },
    ),
    toy('two', 'type A @key(fields: "id") { id: ID! name: String }', {
      A: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'anna' }) },
    }),
  ];
  expect((await ask(toys, '{ a { upper } }')).data).toEqual({ a: { upper: 'ANNA' } });
});

const media = () => [
  toy(
    'titles',
    'type Query { media: [Media!]! } interface Media @key(fields: "id") { id: ID! title: String } type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int } type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }',
    {
      Query: {
        media: () => [
          { __typename: 'Book', id: 'b', pages: 3 },
          { __typename: 'Film', id: 'f', minutes: 90 },
        ],
      },
      Media: {
        __resolveReference: ({ id }: { id: string }) => ({
          __typename: id === 'b' ? 'Book' : 'Film',
          id,
          pages: 3,
          minutes: 90,
        }),
      },
      Book: { title: () => 'A book', __resolveReference: (one: object) => ({ ...one, pages: 3 }) },
      Film: { title: () => 'A film', __resolveReference: (one: object) => ({ ...one, minutes: 90 }) },
    },
  ),
  toy(
    'reviews',
    'type Query { best: Media lost: Media all: [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int title: String @external loud: String @requires(fields: "title") }',
    {
      Query: { best: () => ({ id: 'f' }), lost: () => ({ id: 'x' }), all: () => [{ id: 'b' }, { id: 'f' }] },
      Media: {
        __resolveReference: (one: object) => one,
        stars: ({ id }: { id: string }) => (id === 'b' ? 4 : 5),
        loud: ({ title }: { title: string }) => title.toUpperCase(),
      },
    },
  ),
];

test('a subgraph may answer for an interface as if it were an object, in both directions', async () => {
  const { data, errors } = await ask(
    media(),
    '{ media { __typename title stars ... on Book { pages } } best { __typename id title stars ... on Film { minutes } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    media: [
      { __typename: 'Book', title: 'A book', stars: 4, pages: 3 },
      { __typename: 'Film', title: 'A film', stars: 5 },
    ],
    best: { __typename: 'Film', id: 'f', title: 'A film', stars: 5, minutes: 90 },
  });
});

test('its fields alone need no look at the type behind the interface', async () => {
  expect((await ask(media(), '{ best { id stars } }')).data).toEqual({ best: { id: 'f', stars: 5 } });
});

test('what is asked of some objects of the interface only is asked for those, by their keys', async () => {
  expect(await ask(media(), '{ all { ... on Media { ... on Book { id loud } } } }')).toEqual({
    data: { all: [{ id: 'b', loud: 'A BOOK' }, {}] },
  });
});

test('one value of which two subgraphs know a part each is put together, in lists as well', async () => {
  const part = (name: string, field: string, value: number) =>
    toy(
      name,
      `type ${name === 'a' ? 'Query { item: Item } type ' : ''}Item @key(fields: "id") { id: ID! box: Box @shareable boxes: [Box] @shareable } type Box @shareable { ${field}: Int shape: String }`,
      {
        ...(name === 'a' ? { Query: { item: () => ({ id: '1' }) } } : {}),
        Item: {
          __resolveReference: (one: object) => one,
          box: () => ({ [field]: value, shape: 'round' }),
          boxes: () => [{ [field]: value }, null, { [field]: value + 1 }],
        },
      } as object,
    );
  const { data } = await ask(
    [part('a', 'width', 1), part('b', 'height', 2)],
    '{ item { box { width height shape } boxes { height width } } }',
  );
  expect(data).toEqual({
    item: {
      box: { width: 1, height: 2, shape: 'round' },
      boxes: [{ height: 2, width: 1 }, null, { height: 3, width: 2 }],
    },
  });
});

test('the errors of an entity stand at every place where it stands, with the path a client would expect', async () => {
  const toys = [
    toy(
      'lists',
      'type Query { lists: [List!]! } type List { items: [Item] } type Item @key(fields: "id") { id: ID! }',
      {
        Query: { lists: () => [{ items: [{ id: 'good' }, { id: 'bad' }] }, { items: [{ id: 'bad' }] }] },
      },
    ),
    toy('names', 'type Item @key(fields: "id") { id: ID! name: String }', {
      Item: {
        __resolveReference: (item: object) => item,
        name: ({ id }: { id: string }) => {
          if (id === 'bad') throw new Error('No name.');
          return id;
        },
      },
    }),
  ];
  const { data, errors } = await ask(toys, '{ lists { items { n: name } } }');
  expect(data).toEqual({ lists: [{ items: [{ n: 'good' }, { n: null }] }, { items: [{ n: null }] }] });
  expect(errors).toEqual([
    { message: 'No name.', path: ['lists', 0, 'items', 1, 'n'] },
    { message: 'No name.', path: ['lists', 1, 'items', 0, 'n'] },
  ]);
});

test('mutations run one after the other, and what they read lies between them', async () => {
  let count = 0;
  const toys = [
    toy(
      'counter',
      'type Query { ok: Int } type Mutation { add: Counter } type Counter @key(fields: "id") { id: ID! }',
      {
        Mutation: { add: () => ({ id: String(++count) }) },
      },
    ),
    toy('reader', 'type Counter @key(fields: "id") { id: ID! total: Int } type Mutation { double: Int }', {
      Counter: { __resolveReference: (one: object) => one, total: () => count },
      Mutation: {
        double: () => {
          count *= 2;
          return count;
        },
      },
    }),
  ];
  const gateway = await startToys(toys);
  const { body } = await post(gateway.url, { query: 'mutation { a: add { total } b: double c: add { id total } }' });
  expect(body.data).toEqual({ a: { total: 1 }, b: 2, c: { id: '3', total: 3 } });
  await gateway.close(0);
});

describe('what is not executed is refused with the reason', () => {
  test('@context, when the supergraph is loaded', async () => {
    const contextual = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
      type Query { shop: Shop } type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String item: Item }
      type Item @key(fields: "id") { id: ID! price(currency: String @fromContext(field: "$shop { currency }")): String }`;
    const other = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Item @key(fields: "id") { id: ID! name: String }`;
    const { supergraphSdl } = composeServices([
      { name: 'shop', url: 'http://127.0.0.1:1/', typeDefs: parse(contextual) },
      { name: 'items', url: 'http://127.0.0.1:1/', typeDefs: parse(other) },
    ]);
    await expect(startToys([], { supergraph: supergraphSdl as string })).rejects.toThrow(/context/);
  });

  test('@defer and @stream, when an operation asks for them', async () => {
    const shop = toy('shop', 'type Query { a: Int list: [Int] }', {});
    const gateway = await startToys([shop]);
    for (const query of ['{ ... @defer { a } }', '{ list @stream }']) {
      const { body } = await post(gateway.url, { query });
      expect(body.errors[0]).toMatchObject({
        message: expect.stringMatching(/Unknown directive "@(defer|stream)"/),
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      });
    }
    await gateway.close(0);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeLocal } from '../../plan/supergraph.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

const shop = () =>
  toy(
    'shop',
    `type Query {
       one: Item
       items(first: Int = 5, last: Int): [Item!]! @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
       strict(first: Int, last: Int): [Item!]! @listSize(slicingArguments: ["first", "last"])
       page(first: Int = 10): Page! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
       nested(input: Paging!): [Item!]! @listSize(assumedSize: 1001)
       byIds(ids: [ID!]!): [Item]! @listSize(assumedSize: 1002)
       names: [String!]!
       dear: Int @cost(weight: 7)
       thing: Thing
     }
     type Mutation { add(items: [NewItem!]!): Int }
     type Page { edges: [Edge!]! total: Int! }
     type Edge { node: Item! }
     type Item @key(fields: "id") { id: ID! name: String parts: [Item!] @listSize(assumedSize: 3) }
     type Gold implements Thing @cost(weight: 9) { id: ID! }
     type Tin implements Thing { id: ID! }
     interface Thing { id: ID! }
     input Paging { page: Inner! } input Inner { first: Int! }
     input NewItem { name: String! tags: [Tag!] } input Tag { name: String @cost(weight: 2) }`,
    {
      Query: {
        one: () => ({ id: '1', parts: [{ id: '2' }] }),
        items: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: Math.min(first, 3) }, (_, i) => ({ id: i })),
        thing: () => ({ __typename: 'Tin', id: 't' }),
        dear: () => 1,
      },
      Mutation: { add: (_: unknown, { items }: { items: unknown[] }) => items.length },
    },
  );

let gateway: RunningGateway;
beforeAll(async () => {
  // Newer composition allows paths and lists as slicing arguments, so a supergraph may have them.
  const supergraph = composeLocal([shop()])
    .replace('assumedSize: 1001', 'slicingArguments: ["input.page.first"]')
    .replace('assumedSize: 1002', 'slicingArguments: ["ids"]');
  gateway = await startToys([shop()], { supergraph });
});
afterAll(() => gateway.close(0));

const price = async (query: string, variables = {}) => {
  const { body } = await post(gateway.url, { query, variables }, { 'x-cost-only': 'true' });
  expect(body.data).toBe(null);
  return body.extensions.cost.requested;
};

describe('the static cost of', () => {
  test.each([
    ['an object with leaves', '{ one { id name } }', 1],
    ['a list by its slicing argument', '{ items(first: 20) { id } }', 20],
    ['a list by the default of its slicing argument', '{ items { id } }', 5],
    ['a list by the largest slicing argument', '{ items(first: 2, last: 8) { id } }', 8],
    ['lists in lists', '{ items(first: 20) { parts { parts { id } } } }', 20 * (1 + 3 * (1 + 3))],
    ['a connection by its sized field', '{ page(first: 20) { total edges { node { id } } } }', 1 + 20 * 2],
    ['a slicing argument inside of an input', '{ nested(input: { page: { first: 4 } }) { id } }', 4 + 2],
    ['a list by the length of an array argument', '{ byIds(ids: ["1", "2", "3"]) { id } }', 3],
    ['a list of leaves', '{ names }', 0],
    ['a weighted field', '{ dear }', 7],
    ['an abstract type: its dearest member', '{ thing { id } }', 9],
    [
      'a mutation: its base and its input objects',
      'mutation { add(items: [{ name: "a", tags: [{ name: "b" }] }, { name: "c" }]) }',
      10 + 1 + 1 + 2 + 1,
    ],
    ['what is skipped', '{ one @skip(if: true) { id } dear @include(if: false) }', 0],
    ['fragments, each field once', '{ one { ...F ...F id } } fragment F on Item { id parts { id } }', 1 + 3],
    ['an alias: each use', '{ a: one { id } b: one { id } }', 2],
    ['questions about the schema', '{ __schema { types { fields { name } } } }', 0],
  ])('%s', async (_, query, expected) => {
    expect(await price(query)).toBe(expected);
  });

  test('variables decide sizes and what is left out', async () => {
    const query = 'query ($n: Int, $with: Boolean!) { items(first: $n) { parts @include(if: $with) { id } } }';
    expect(await price(query, { n: 2, with: false })).toBe(2);
    expect(await price(query, { n: 2, with: true })).toBe(8);
    expect(await price(query, { with: false })).toBe(5);
  });
});

test('more or less than one slicing argument is refused where one is required', async () => {
  const { body } = await post(gateway.url, { query: '{ strict(first: 1, last: 2) { id } }' });
  expect(body.errors[0].message).toContain('exactly one');
});

test('every answer says what was asked for and what it came to', async () => {
  const { body } = await post(gateway.url, {
    query: '{ items(first: 20) { id } one { parts { id } } thing { id } dear }',
  });
  expect(body.data.items).toHaveLength(3);
  expect(body.extensions.cost).toMatchObject({ requested: 20 + 4 + 9 + 7, actual: 3 + 2 + 1 + 7 });
});

describe('what is planned', () => {
  const stock = toy(
    'stock',
    `type Item @key(fields: "id") { id: ID! bin: Bin } type Bin { id: ID! } type Mutation { count: Item }`,
    {},
  );
  let divided: RunningGateway;
  beforeAll(async () => {
    divided = await startToys([shop(), stock]);
  });
  afterAll(() => divided.close(0));

  test.each([
    ['a fetch under a condition', 'query ($s: Boolean!) { items(first: 500) @skip(if: $s) { id } }', 0, 500],
    ['the other way round', 'query ($s: Boolean!) { items(first: 500) @include(if: $s) { id } }', 500, 0],
    [
      'entities below a field under a condition',
      'query ($s: Boolean!) { one { bin { id } } items(first: 20) @skip(if: $s) { bin { id } } }',
      2,
      2 + 40,
    ],
    [
      'mutations of several subgraphs: one base',
      'mutation { a: add(items: []) count { id } b: add(items: []) }',
      11,
      11,
    ],
  ])('comes to what is asked for: %s', async (_, query, whenTrue, whenFalse) => {
    for (const [s, expected] of [
      [true, whenTrue],
      [false, whenFalse],
    ]) {
      const { body } = await post(divided.url, { query, variables: { s } }, { 'x-cost-only': 'true' });
      expect(body.extensions.cost).toMatchObject({ requested: expected, planned: expected });
    }
  });
});

describe('the price alone', () => {
  const add = (url: string, wish: string) =>
    post(url, { query: 'mutation { add(items: [{ name: "a" }]) }' }, { 'x-cost-only': wish });

  test.each(['true', 'TRUE', '1'])('is told and nothing is done: %s', async (wish) => {
    const { body } = await add(gateway.url, wish);
    expect(body).toMatchObject({ data: null, extensions: { cost: { actual: null } } });
  });

  test.each(['false', '0'])('is not asked for: %s', async (wish) => {
    expect((await add(gateway.url, wish)).body.data).toEqual({ add: 1 });
  });

  test.each(['yes', 'true, true', ''])('cannot be asked for as %j, and nothing is done', async (wish) => {
    const { status, body } = await add(gateway.url, wish);
    expect([status, body.errors[0].extensions.code, body.data]).toEqual([400, 'BAD_REQUEST', undefined]);
  });
});

describe('limits', () => {
  test('an operation that is too dear is refused with its price, and costs nothing', async () => {
    const small = await startToys([shop()], { cost: { operationLimit: 10, budgets: null } });
    const { body } = await post(small.url, { query: '{ items(first: 11) { id } }' });
    expect(body.errors[0].extensions).toMatchObject({
      code: 'COST_LIMIT_EXCEEDED',
      cost: { requested: 11, limit: 10 },
    });
    expect(body.data).toBeUndefined();
    expect((await post(small.url, { query: '{ items(first: 10) { id } }' })).body.errors).toBeUndefined();
    await small.close(0);
  });

  test('a used-up budget answers 429 with the time to wait; what was reserved and not used comes back', async () => {
    const poor = await startToys([shop()], {
      cost: {
        operationLimit: null,
        budgets: { signedIn: { size: 1, refillPerSecond: 1 }, anonymous: { size: 100, refillPerSecond: 1 } },
      },
    });
    const first = await post(poor.url, { query: '{ items(first: 90) { id } }' });
    expect(first.headers.get('ratelimit-limit')).toBe('100');
    expect(first.headers.get('ratelimit-remaining')).toBe('97');
    expect(first.headers.get('ratelimit-reset')).toBe('3');
    expect(Date.parse(first.body.extensions.cost.resetAt) - Date.now()).toBeLessThanOrEqual(3_000);
    for (let i = 0; i < 14; i++) await post(poor.url, { query: '{ dear }' });
    const refused = await post(poor.url, { query: '{ dear }' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body.errors[0].extensions).toMatchObject({
      code: 'RATE_LIMITED',
      category: 'LIMIT',
      retryable: true,
    });
    await poor.close(0);
  });

  test('a batch tells what is left after all of it, and how long to wait when that was not enough', async () => {
    const budget = { size: 100, refillPerSecond: 0.001 };
    const poor = await startToys([shop()], {
      cost: { operationLimit: null, budgets: { signedIn: budget, anonymous: budget } },
      limits: { batch: 20 },
    });
    const dear = (times: number) => Array.from({ length: times }, () => ({ query: '{ dear }' }));
    const within = await post(poor.url, dear(3));
    expect(within.headers.get('ratelimit-remaining')).toBe('79');
    expect(within.headers.get('retry-after')).toBeNull();
    const beyond = await post(poor.url, dear(12));
    expect(
      beyond.body
        .map((one: { errors?: [] }) => one.errors?.length ?? 0)
        .toSorted()
        .at(-1),
    ).toBe(1);
    expect(Number(beyond.headers.get('retry-after'))).toBeGreaterThan(0);
    await poor.close(0);
  });

  test('a question for the cost tells how the budget stands, takes nothing of it, and names the limit of this caller', async () => {
    const budgets = {
      signedIn: { size: 1, refillPerSecond: 1 },
      anonymous: { size: 100, refillPerSecond: 0.001 },
    };
    const asked = await startToys([shop()], { cost: { operationLimit: 10_000, budgets } });
    await post(asked.url, { query: '{ dear }' });
    for (let i = 0; i < 2; i++) {
      const { body, headers } = await post(
        asked.url,
        { query: '{ items(first: 500) { id } }' },
        { 'x-cost-only': 'true' },
      );
      expect(body.extensions.cost).toMatchObject({ requested: 500, limit: 100, remaining: 93, actual: null });
      expect(Date.parse(body.extensions.cost.resetAt)).toBeGreaterThan(Date.now());
      expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['100', '93']);
    }
    await asked.close(0);
  });

  test('what could not be run after all costs nothing', async () => {
    const guarded = toy(
      'guarded',
      'type Query { items(first: Int): [Item!] @listSize(slicingArguments: ["first"]) } type Item @policy(policies: [["p"]]) { id: ID! }',
      {},
    );
    const budget = { size: 100, refillPerSecond: 0.001 };
    const failing = await startToys([guarded], {
      cost: { operationLimit: null, budgets: { signedIn: budget, anonymous: budget } },
      hasPolicy: () => {
        throw new Error('Nobody knows.');
      },
    });
    const query = '{ items(first: 90) { id } }';
    for (let times = 0; times < 2; times++) expect((await post(failing.url, { query })).status).toBe(500);
    const { body } = await post(failing.url, { query }, { 'x-cost-only': 'true' });
    expect(body.extensions.cost).toMatchObject({ requested: 90, remaining: 100 });
    await failing.close(0);
  });

  test('the part of one subgraph can have a limit of its own', async () => {
    const limited = await startToys([shop()], {
      cost: { operationLimit: null, budgets: null, subgraphLimits: { shop: 5 } },
    });
    expect((await post(limited.url, { query: '{ dear }' })).body.errors[0].message).toContain('shop');
    expect((await post(limited.url, { query: '{ one { id } }' })).body.errors).toBeUndefined();
    await limited.close(0);
  });
});

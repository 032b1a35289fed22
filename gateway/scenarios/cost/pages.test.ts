import { afterEach, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

const shop = toy(
  'shop',
  `type Query {
     items(first: Int = 5, last: Int): Items @listSize(slicingArguments: ["first", "last"], assumedSize: 5, sizedFields: ["edges"], requireOneSlicingArgument: false)
     names(first: Int): [String!] @listSize(slicingArguments: ["first"])
   }
   type Items { edges: [Item!] total: Int } type Item { id: ID }`,
  { Query: { items: () => ({ edges: [{ id: '1' }], total: 1 }), names: () => ['a'] } },
);

let gateway: RunningGateway;
afterEach(() => gateway.close(0));

describe.each([
  ['on another thread', 30_000],
  ['on the same thread', 0],
])('a page beyond the limit, planned %s', (_, planningTimeoutMs) => {
  test.each([
    ['in the text', '{ items(first: 11) { total } }', {}],
    ['from the end', '{ items(first: null, last: 11) { total } }', {}],
    ['in a variable', 'query ($n: Int) { items(first: $n) { edges { id } } }', { n: 11 }],
    ['by the default of a variable', 'query ($n: Int = 11) { items(first: $n) { edges { id } } }', {}],
    ['in a fragment', '{ ...F } fragment F on Query { b: items(first: 11) { total } }', {}],
    ['of names alone', '{ names(first: 11) }', {}],
  ])('is refused before anything is planned or asked, whatever it would cost: %s', async (_, query, variables) => {
    gateway = await startToys([shop], { planningTimeoutMs, limits: { pageSize: 10 } });
    const before = shop.calls.length;
    for (let times = 0; times < 2; times++) {
      const { status, body } = await post(gateway.url, { query, variables });
      expect([status, body.data]).toEqual([400, undefined]);
      expect(body.errors).toMatchObject([
        {
          message: 'A page may have at most 10 entries, 11 were asked for.',
          extensions: {
            code: 'PAGE_TOO_LARGE',
            category: 'LIMIT',
            retryable: false,
            limit: { what: 'entries of a page', allowed: 10 },
          },
        },
      ]);
    }
    expect(shop.calls).toHaveLength(before);
  });

  test('keeps nobody from a smaller one, or from the same under a condition that leaves it out', async () => {
    gateway = await startToys([shop], { planningTimeoutMs, limits: { pageSize: 10 } });
    const query = 'query ($n: Int, $skip: Boolean!) { items(first: $n) @skip(if: $skip) { total } names(first: 10) }';
    const ask = async (variables: object) => (await post(gateway.url, { query, variables })).body;
    expect((await ask({ n: 11, skip: false })).errors).toMatchObject([{ extensions: { code: 'PAGE_TOO_LARGE' } }]);
    expect((await ask({ n: 10, skip: false })).data).toEqual({ items: { total: 1 }, names: ['a'] });
    expect((await ask({ n: 11, skip: true })).data).toEqual({ names: ['a'] });
    expect((await ask({ n: 11, skip: false })).errors).toMatchObject([{ extensions: { code: 'PAGE_TOO_LARGE' } }]);
  });
});

test('without the limit pages are the subgraphs’ affair', async () => {
  gateway = await startToys([shop], { limits: {} });
  expect((await post(gateway.url, { query: '{ items(first: 100000) { total } }' })).body.data).toEqual({
    items: { total: 1 },
  });
});

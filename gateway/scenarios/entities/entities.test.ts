import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startServed, startToys, type Toy, toy } from '../toys.ts';

const titles: Record<string, string> = { a: 'Anchor', b: 'Bolt' };

const shop = (): Toy =>
  toy(
    'shop',
    `type Query { baskets: [Basket!]! } type Basket { items: [Item!]! } type Item @key(fields: "id") { id: ID! }`,
    {
      Query: {
        baskets: () => [{ items: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }, { items: [{ id: 'a' }, { id: 'gone' }] }],
      },
    },
  );

const asked: string[][] = [];
const catalogue = (): Toy =>
  toy('catalogue', `type Item @key(fields: "id") { id: ID! title: String size: Size } type Size { width: Int }`, {
    Item: {
      __resolveReference: ({ id }: { id: string }) => {
        asked.at(-1)?.push(id);
        return titles[id] ? { id, title: titles[id], size: { width: 3 } } : null;
      },
    },
  });

const query = '{ baskets { items { id title size { width } } } }';
const expected = {
  baskets: [
    {
      items: [
        { id: 'a', title: 'Anchor', size: { width: 3 } },
        { id: 'b', title: 'Bolt', size: { width: 3 } },
        { id: 'a', title: 'Anchor', size: { width: 3 } },
      ],
    },
    {
      items: [
        { id: 'a', title: 'Anchor', size: { width: 3 } },
        { id: 'gone', title: null, size: null },
      ],
    },
  ],
};

let inMemory: RunningGateway;
let overHttp: Awaited<ReturnType<typeof startServed>>;

beforeAll(async () => {
  inMemory = await startToys([shop(), catalogue()]);
  overHttp = await startServed([shop(), catalogue()]);
});

afterAll(async () => {
  await inMemory.close(0);
  await overHttp.close();
});

test('in memory: an entity that stands at many places is asked for once, in one batch', async () => {
  asked.push([]);
  const { body } = await post(inMemory.url, { query });
  expect(body.errors).toBeUndefined();
  expect(body.data).toEqual(expected);
  expect(asked.at(-1)).toEqual(['a', 'b', 'gone']);
});

test('over HTTP: the same answer, one request per subgraph, each entity once', async () => {
  asked.push([]);
  const { body } = await post(overHttp.gateway.url, { query });
  expect(body.errors).toBeUndefined();
  expect(body.data).toEqual(expected);
  expect(overHttp.served.map(({ requests }) => requests.length)).toEqual([1, 1]);
  expect(overHttp.served[1]?.requests[0]?.body.variables?.representations).toHaveLength(3);
});

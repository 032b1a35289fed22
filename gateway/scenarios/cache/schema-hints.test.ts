import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { DataEvent } from '../../cache/tags.ts';
import type { Caller, GatewayOptions } from '../../options.ts';
import { post, startServed, startToys, toy } from '../toys.ts';

/** What `@cacheControl` and `@cacheTag` in the schema do. */

const cacheControl = `
  extend schema @link(url: "https://specs.apollo.dev/cacheControl/v1.0", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
`;

const asked: Record<string, number> = {};
let hold: Promise<void> | null = null;
const ask = async <T>(what: string, value: T): Promise<T> => {
  asked[what] = (asked[what] ?? 0) + 1;
  await hold;
  return value;
};
let title = 'first';

const shop = toy(
  'shop',
  `${cacheControl}
   type Query {
     items(of: [ID!]!): [Item] @cacheControl(scope: PUBLIC)
     offer(id: ID!): Offer @cacheTag(format: "shop.Offer:{$args.id}")
     mine: Int
     never: Int @cacheControl(maxAge: 0, scope: PUBLIC)
     public: Me @cacheControl(scope: PUBLIC)
   }
   type Item @key(fields: "id") { id: ID! }
   type Offer { id: ID title: String }
   type Me { name: String @cacheControl(scope: PRIVATE) size: Int }`,
  {
    Query: {
      items: (_: unknown, { of }: { of: string[] }) =>
        ask(
          'items',
          of.map((id) => ({ id })),
        ),
      offer: (_: unknown, { id }: { id: string }) => ask(`offer ${id}`, { id, title }),
      mine: () => ask('mine', 1),
      never: () => ask('never', 1),
      public: () => ask('public', { name: 'me', size: 1 }),
    },
  },
);
const names = toy(
  'names',
  `type Item @key(fields: "id") @cacheTag(format: "names.Item:{$key.id}") { id: ID! name: String }`,
  {
    Item: {
      __resolveReference: async ({ id }: { id: string }) => {
        if (id === 'bad') throw new Error('bad');
        return ask(`name ${id}`, { id, name: `${title} ${id}` });
      },
    },
  },
);
const weather = toy(
  'weather',
  `${cacheControl} type Query { today: Int @cacheControl(maxAge: 1, scope: PUBLIC) later: Int }`,
  { Query: { today: () => ask('today', asked.today ?? 0), later: () => ask('later', 1) } },
);

const listeners = new Set<(event: DataEvent) => void>();
const tell = (event: DataEvent): void => {
  for (const listener of listeners) listener(event);
};
const caller = (userId: string): Caller => ({
  tenantId: 'one',
  userId,
  clientId: null,
  sessionId: null,
  permissions: ['b', 'a'],
  locale: 'en',
  budget: null,
});

beforeEach(() => {
  for (const key of Object.keys(asked)) delete asked[key];
  hold = null;
  title = 'first';
});

type Ask = (user: string, query: string) => Promise<Record<string, unknown>>;

async function withGateway(
  work: (ask: Ask, url: string) => Promise<void>,
  options: Partial<GatewayOptions['cache']> = {},
) {
  const gateway = await startToys([shop, names, weather], {
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(caller(key)) },
    cache: {
      subgraphs: ['shop', 'names'],
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      ...options,
    },
  });
  try {
    await work(
      async (user, query) => (await post(gateway.url, { query }, { 'x-api-key': user })).body.data,
      gateway.url,
    );
  } finally {
    await gateway.close(0);
  }
}

test('PUBLIC is shared by everybody with the same rights; a thousand of them at once are one load', () =>
  withGateway(async (ask) => {
    let release = (): void => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const answers = Array.from({ length: 1_000 }, (_, i) => ask(`user ${i}`, '{ items(of: ["1"]) { name } }'));
    setTimeout(release, 300);
    for (const answer of await Promise.all(answers)) expect(answer).toEqual({ items: [{ name: 'first 1' }] });
    expect(asked.items).toBe(1);
  }));

test('without a scope, or with PRIVATE on any field, each user has his own', () =>
  withGateway(async (ask) => {
    for (const user of ['anna', 'ben', 'anna']) {
      await ask(user, '{ mine }');
      await ask(user, '{ public { name } }');
    }
    expect(asked).toEqual({ mine: 2, public: 2 });
    await ask('anna', '{ public { size } }');
    await ask('ben', '{ public { size } }');
    expect(asked.public).toBe(3);
  }));

test('entities are kept one by one: only those not known yet are asked for', () =>
  withGateway(async (ask) => {
    await ask('anna', '{ items(of: ["1", "2"]) { name } }');
    const answer = await ask('anna', '{ items(of: ["3", "2", "1"]) { id name } }');
    expect(answer).toEqual({
      items: [
        { id: '3', name: 'first 3' },
        { id: '2', name: 'first 2' },
        { id: '1', name: 'first 1' },
      ],
    });
    expect(asked).toMatchObject({ 'name 1': 1, 'name 2': 1, 'name 3': 1 });
  }));

test('the same holds over HTTP', async () => {
  const { gateway, close } = await startServed([shop, names, weather], {
    cache: { subgraphs: ['shop', 'names'], listen: () => () => {} },
  });
  try {
    const read = async (of: string) =>
      (await post(gateway.url, { query: `{ items(of: [${of}]) { id name } }` })).body.data.items;
    expect(await read('"1", "2"')).toHaveLength(2);
    expect(await read('"2", "3"')).toEqual([
      { id: '2', name: 'first 2' },
      { id: '3', name: 'first 3' },
    ]);
    expect(asked).toMatchObject({ items: 2, 'name 1': 1, 'name 2': 1, 'name 3': 1 });
  } finally {
    await close();
  }
});

test('an entity that fails does not take the others along, and its error stands at its place', () =>
  withGateway(async (ask, url) => {
    await ask('anna', '{ items(of: ["1"]) { name } }');
    const { body } = await post(url, { query: '{ items(of: ["1", "bad", "2"]) { name } }' }, { 'x-api-key': 'anna' });
    expect(body.data).toEqual({ items: [{ name: 'first 1' }, { name: null }, { name: 'first 2' }] });
    expect(body.errors).toMatchObject([{ path: ['items', 1] }]);
  }));

test('a tag ties an entity or a root field to the changes of that one thing', () =>
  withGateway(async (ask) => {
    const read = async () => [
      (await ask('anna', '{ items(of: ["1", "2"]) { name } }')).items,
      (await ask('anna', '{ offer(id: "7") { title } }')).offer,
    ];
    await read();
    title = 'second';
    tell({ tenantId: 'one', type: 'names.Item', entityId: '2' });
    tell({ tenantId: 'one', type: 'shop.Offer', entityId: '8' });
    expect(await read()).toEqual([[{ name: 'first 1' }, { name: 'second 2' }], { title: 'first' }]);
    tell({ tenantId: 'one', type: 'shop.Offer', entityId: '7' });
    expect((await read())[1]).toEqual({ title: 'second' });
    // Many changed at once: which ones is not said.
    tell({ tenantId: 'one', type: 'names.Item', entityId: null });
    expect((await read())[0]).toEqual([{ name: 'second 1' }, { name: 'second 2' }]);
  }));

test('of a subgraph that tells of no changes only what has a maxAge is kept, for that long', () =>
  withGateway(
    async (ask) => {
      for (let i = 0; i < 3; i++) {
        await ask('anna', '{ today }');
        await ask('anna', '{ later }');
        await ask('anna', '{ never }');
      }
      expect(asked).toMatchObject({ today: 1, later: 3, never: 3 });
      await sleep(1_050);
      await ask('anna', '{ today }');
      expect(asked.today).toBe(2);
    },
    { staleMaxMs: 0 },
  ));

test('past its age an answer is given while it is loaded anew, once; never after a change', () =>
  withGateway(
    async (ask) => {
      expect(await ask('anna', '{ offer(id: "1") { title } }')).toEqual({ offer: { title: 'first' } });
      title = 'second';
      await sleep(120);
      let release = (): void => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      const stale = await Promise.all(Array.from({ length: 20 }, () => ask('anna', '{ offer(id: "1") { title } }')));
      for (const answer of stale) expect(answer).toEqual({ offer: { title: 'first' } });
      expect(asked['offer 1']).toBe(2);
      release();
      hold = null;
      await expect.poll(() => ask('anna', '{ offer(id: "1") { title } }')).toEqual({ offer: { title: 'second' } });
      title = 'third';
      tell({ tenantId: 'one', type: 'shop.Offer', entityId: '1' });
      expect(await ask('anna', '{ offer(id: "1") { title } }')).toEqual({ offer: { title: 'third' } });
    },
    { ageMaxMs: 100, staleMaxMs: 20_000 },
  ));

test('what is asked for often is answered anew after a change before anybody waits for it', () =>
  withGateway(async (ask) => {
    for (let i = 0; i < 6; i++) await ask('anna', '{ mine }');
    await ask('anna', '{ public { name } }');
    tell({ tenantId: 'one', type: 'shop.Thing', entityId: null });
    for (let i = 0; i < 100 && asked.mine !== 2; i++) await sleep(20);
    expect(asked).toEqual({ mine: 2, public: 1 });
    await ask('anna', '{ mine }');
    expect(asked.mine).toBe(2);
  }));

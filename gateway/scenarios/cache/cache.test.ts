import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DataEvent } from '../../cache/tags.ts';
import type { Caller } from '../../options.ts';
import { post, startToys, toy } from '../toys.ts';

let stock = 1;
let reads = 0;
let hold: Promise<void> | null = null;
let isBroken = false;
let connection = (_: boolean): void => {};
const listeners = new Set<(event: DataEvent) => void>();
const tell = (tenantId: string, type: string): void => {
  for (const listener of listeners) listener({ tenantId, type });
};

const store = toy('store', 'type Query { stock(of: ID): Int } type Mutation { take: Int }', {
  Query: {
    stock: async () => {
      reads++;
      const seen = stock;
      await hold;
      if (isBroken) throw new Error('broken');
      return seen;
    },
  },
  Mutation: { take: () => --stock },
});
const clock = toy('clock', 'type Query { now: Int }', { Query: { now: () => ++reads } });

const caller = (tenantId: string, userId: string, permissions: string[] = []): Caller => ({
  tenantId,
  userId,
  clientId: null,
  sessionId: null,
  permissions,
  locale: 'en',
  budget: null,
});
const callers: Record<string, Caller> = {
  anna: caller('one', 'anna'),
  boss: caller('one', 'anna', ['all']),
  ben: caller('one', 'ben'),
  zoe: caller('two', 'zoe'),
};

const start = () =>
  startToys([store, clock], {
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(callers[key] ?? null) },
    cache: {
      subgraphs: ['store'],
      listen: (listener, connected) => {
        listeners.add(listener);
        connection = connected;
        return () => listeners.delete(listener);
      },
    },
  });

beforeEach(() => {
  stock = 10;
  reads = 0;
  hold = null;
  isBroken = false;
});

async function withGateway(
  work: (
    ask: (key: string, query?: string, variables?: object) => Promise<{ data: Record<string, unknown> | null }>,
  ) => Promise<void>,
): Promise<void> {
  const gateway = await start();
  try {
    await work(
      async (key, query = '{ stock }', variables = {}) =>
        (await post(gateway.url, { query, variables }, { 'x-api-key': key })).body,
    );
  } finally {
    await gateway.close(0);
  }
}

describe('an answer is kept', () => {
  test('for its caller, and asked for once', () =>
    withGateway(async (ask) => {
      for (let i = 0; i < 5; i++) expect((await ask('anna')).data).toEqual({ stock: 10 });
      expect(reads).toBe(1);
    }));

  test('and computed once for a thousand who ask at the same time', () =>
    withGateway(async (ask) => {
      let release = (): void => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      const answers = Array.from({ length: 1_000 }, () => ask('anna'));
      setTimeout(release, 100);
      for (const { data } of await Promise.all(answers)) expect(data).toEqual({ stock: 10 });
      expect(reads).toBe(1);
    }));
});

describe('an answer is not given to', () => {
  test.each([
    ['another user', 'ben'],
    ['another company', 'zoe'],
    ['the same user with other rights', 'boss'],
  ])('%s', (_, other) =>
    withGateway(async (ask) => {
      await ask('anna');
      await ask(other);
      expect(reads).toBe(2);
    }),
  );

  test('other variables', () =>
    withGateway(async (ask) => {
      const query = 'query ($of: ID) { stock(of: $of) }';
      await ask('anna', query, { of: '1' });
      await ask('anna', query, { of: '2' });
      expect(reads).toBe(2);
    }));
});

describe('an answer is forgotten', () => {
  test('when its subgraph tells of a change, for that company alone', () =>
    withGateway(async (ask) => {
      await ask('anna');
      await ask('zoe');
      stock = 5;
      tell('one', 'store.Item');
      expect((await ask('anna')).data).toEqual({ stock: 5 });
      expect((await ask('zoe')).data).toEqual({ stock: 10 });
      tell('one', 'other.Thing');
      await ask('anna');
      expect(reads).toBe(3);
    }));

  test('by a mutation of the same user, before any event: the next read sees the write; others see it with the event', () =>
    withGateway(async (ask) => {
      await ask('anna');
      await ask('ben');
      await ask('anna', 'mutation { take }');
      expect((await ask('anna')).data).toEqual({ stock: 9 });
      expect((await ask('ben')).data).toEqual({ stock: 10 });
      tell('one', 'store.Item');
      expect((await ask('ben')).data).toEqual({ stock: 9 });
    }));

  test('and not taken at all while changes may be missed', () =>
    withGateway(async (ask) => {
      await ask('anna');
      connection(false);
      stock = 4;
      expect((await ask('anna')).data).toEqual({ stock: 4 });
      stock = 3;
      connection(true);
      expect((await ask('anna')).data).toEqual({ stock: 3 });
      await ask('anna');
      expect(reads).toBe(3);
    }));

  test('when a change happens while it is computed: the old value is answered once and never kept', () =>
    withGateway(async (ask) => {
      let release = (): void => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      const early = ask('anna');
      await vi.waitFor(() => expect(reads).toBe(1));
      stock = 3;
      tell('one', 'store.Item');
      hold = null;
      const late = ask('anna');
      expect((await late).data).toEqual({ stock: 3 });
      release();
      expect((await early).data).toEqual({ stock: 10 });
      expect((await ask('anna')).data).toEqual({ stock: 3 });
    }));
});

test('an answer with an error is not kept, nor one of a subgraph that tells of no changes', () =>
  withGateway(async (ask) => {
    isBroken = true;
    expect((await ask('anna')).data).toEqual({ stock: null });
    isBroken = false;
    expect((await ask('anna')).data).toEqual({ stock: 10 });
    const first = (await ask('anna', '{ now }')).data?.now;
    expect((await ask('anna', '{ now }')).data?.now).not.toBe(first);
  }));

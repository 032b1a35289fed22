import { beforeEach, describe, expect, test } from 'vitest';
import type { DataEvent } from '../../cache/tags.ts';
import type { Reads } from '../../execute/run.ts';
import type { Caller, GatewayOptions, LocalSubgraph } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startServed, startToys, toy } from '../toys.ts';

/** What a subgraph says of where its answer comes from. */

let asked = 0;
let stock = 0;
let reads: Reads | null = null;
let hold: Promise<void> | null = null;
const plain = toy('shop', 'type Query { stock: Int asked: Int }', {
  Query: {
    stock: () => stock,
    asked: async () => {
      const n = ++asked;
      await hold;
      return n;
    },
  },
});
const shop: LocalSubgraph = {
  ...plain,
  open: (call) => ({ ...plain.open(call), reads: () => Promise.resolve(reads) }),
};

const listeners = new Set<(event: DataEvent) => void>();
const tell = (type: string, entityId: string | null = null, tenantId = 'one'): void => {
  for (const listener of listeners) listener({ tenantId, type, entityId });
};
/** @param key names a user, and may name a session after an `@`. */
const caller = (key: string): Caller => ({
  tenantId: 'one',
  userId: key.split('@')[0] as string,
  clientId: null,
  sessionId: key.split('@')[1] ?? null,
  permissions: [],
  locale: 'en',
  budget: null,
});
// The subgraph is not among those that tell of everything: its word alone counts.
const options: Partial<GatewayOptions> = {
  identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(caller(key)) },
  cache: {
    subgraphs: [],
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  },
};

async function inMemory(): Promise<{ gateway: RunningGateway; close(): Promise<void> }> {
  const gateway = await startToys([shop], options);
  return { gateway, close: () => gateway.close(0) };
}

beforeEach(() => {
  asked = 0;
  stock = 0;
  hold = null;
});

describe.each([
  ['in memory', inMemory],
  ['over HTTP', () => startServed([shop], options)],
])('%s', (_, start) => {
  async function withGateway(
    work: (ask: (user: string, field?: string) => Promise<number>) => Promise<void>,
  ): Promise<void> {
    const { gateway, close } = await start();
    try {
      await work(async (user, field = 'asked') => {
        const { body } = await post(gateway.url, { query: `{ ${field} }` }, { 'x-api-key': user });
        return body.data[field];
      });
    } finally {
      await close();
    }
  }

  test('an answer is kept until what it was read from changes, and for all who would get the same', () =>
    withGateway(async (ask) => {
      reads = { from: ['shop.Item', 'other.Thing:7', '@people.user'], personal: false };
      const changes: [string, string | null, string?][] = [
        ['shop.Item', '1'],
        ['other.Thing', '7'],
        ['other.Thing', null],
        ['people.user', null, ''],
      ];
      for (const [i, change] of changes.entries()) {
        expect(await ask('anna', 'stock')).toBe(i);
        stock++;
        // None of these is what it was read from.
        tell('shop.Box', '1');
        tell('other.Thing', '8');
        tell('people.user', null);
        tell('shop.Item', '1', 'two');
        for (const user of ['ben', 'anna']) expect(await ask(user, 'stock')).toBe(i);
        tell(...change);
        for (const user of ['ben', 'anna']) expect(await ask(user, 'stock')).toBe(stock);
      }
    }));

  test('an answer that is the reader’s own is kept for him alone', () =>
    withGateway(async (ask) => {
      reads = { from: ['shop.Item'], personal: true };
      expect([await ask('anna'), await ask('ben'), await ask('anna'), await ask('ben')]).toEqual([1, 2, 1, 2]);
    }));

  /** Asks as both at the same time, after a change. */
  async function both(ask: (user: string) => Promise<number>, whileUnderWay: Reads): Promise<number[]> {
    reads = { from: ['shop.Item'], personal: false };
    await ask('anna');
    tell('shop.Item');
    reads = whileUnderWay;
    let release = (): void => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const answers = ['anna', 'ben'].map((user) => ask(user));
    setTimeout(release, 100);
    return Promise.all(answers);
  }

  test('and for one session of his alone, since it may say which session asks; what all get is kept for each', () =>
    withGateway(async (ask) => {
      reads = { from: ['shop.Stock'], personal: true };
      expect([await ask('anna@phone'), await ask('anna@laptop'), await ask('anna@phone')]).toEqual([1, 2, 1]);
      reads = { from: ['shop.Stock'], personal: false };
      tell('shop.Stock');
      expect([await ask('anna@phone'), await ask('anna@laptop'), await ask('ben')]).toEqual([3, 3, 3]);
    }));

  test('after a change all who would get the same wait for one answer', () =>
    withGateway(async (ask) => {
      expect(await both(ask, { from: ['shop.Item'], personal: false })).toEqual([2, 2]);
      expect(asked).toBe(2);
    }));

  test('and none of them gets what turns out to be another reader’s own', () =>
    withGateway(async (ask) => {
      const [anna, ben] = await both(ask, { from: ['shop.Item'], personal: true });
      expect(anna).not.toBe(ben);
    }));

  test('an answer of which it cannot be said is not kept, and the next is again when it can', () =>
    withGateway(async (ask) => {
      reads = null;
      expect([await ask('anna'), await ask('anna')]).toEqual([1, 2]);
      reads = { from: ['shop.Item'], personal: false };
      await ask('anna');
      expect(await ask('anna')).toBe(await ask('anna'));
    }));
});

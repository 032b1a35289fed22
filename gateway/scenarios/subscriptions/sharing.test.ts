import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { readEvents } from '../../subscriptions/remote.ts';
import { startToys, type ToyCall, toy } from '../toys.ts';

/** Equal subscriptions share their source; a client that comes back goes on after the last event it saw. */

interface Tick {
  readonly tick: { number: number; by?: string; item: { id: string } };
  readonly eventId?: string;
  readonly gap?: boolean;
}

let opened: { of: string; after: string | undefined; user: string | null | undefined }[] = [];
let open = 0;
const past: Tick[] = [];
const listeners = new Set<(tick: Tick) => void>();
const emit = (tick: Tick): void => {
  for (const listener of listeners) listener(tick);
};
const tickOf = (number: number): Tick => ({
  eventId: String(number),
  tick: { number, item: { id: String(number) } },
});

function ticks(context: ToyCall, of: string): AsyncIterableIterator<Tick> {
  const { lastEventId, caller } = context.call;
  opened.push({ of, after: lastEventId, user: caller?.userId });
  open++;
  const queue: Tick[] = [];
  let wake = (): void => {};
  const listener = (tick: Tick): void => {
    queue.push(tick);
    wake();
  };
  listeners.add(listener);
  if (lastEventId === 'lost') queue.push({ gap: true, tick: { number: 0, item: { id: '0' } } });
  else if (lastEventId) queue.push(...past.filter(({ eventId }) => Number(eventId) > Number(lastEventId)));
  return {
    async next() {
      while (queue.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return { done: false, value: queue.shift() as Tick };
    },
    return() {
      open -= listeners.delete(listener) ? 1 : 0;
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

let named = 0;
const source = toy(
  'source',
  `extend schema @link(url: "https://specs.apollo.dev/cacheControl/v1.0", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")
   directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
   enum CacheControlScope { PUBLIC PRIVATE }
   type Query { ok: Boolean }
   type Subscription { tick(of: ID): Tick @cacheControl(scope: PUBLIC) mine: Tick }
   type Tick { number: Int item: Item }
   type Item @key(fields: "id", resolvable: false) { id: ID! }`,
  {
    Query: { ok: () => true },
    Subscription: {
      tick: { subscribe: (_: unknown, { of }: { of?: string }, context: ToyCall) => ticks(context, of ?? '') },
      mine: {
        subscribe: (_: unknown, __: unknown, context: ToyCall) => ticks(context, 'mine'),
        resolve: (event: Tick) => event.tick,
      },
    },
  },
);
const names = toy('names', 'type Item @key(fields: "id") { id: ID! name: String }', {
  Item: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Item ${id} ${++named}` }) },
});

const rights: Record<string, string[]> = {};
const callerOf = (key: string): Caller => ({
  tenantId: 'one',
  userId: key,
  clientId: key === 'client' ? 'c1' : null,
  sessionId: null,
  permissions: rights[key] ?? ['read'],
  locale: 'en',
  budget: null,
});

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys([source, names], {
    identity: {
      jwks: () => ({ keys: [] }),
      resolveApiKey: (key) => Promise.resolve(callerOf(key)),
      renew: async (caller) => {
        const now = rights[caller.userId ?? ''];
        return now?.length === 0 ? null : { ...caller, permissions: now ?? ['read'] };
      },
      sessionCheckMs: 20,
      renewalMs: 20,
    },
  });
});
afterAll(() => gateway.close(0));
beforeEach(() => {
  opened = [];
  past.length = 0;
});

interface Stream {
  next(): Promise<{ id: string | undefined; data: any; errors: any; extensions: any } | null>;
  close(): Promise<void>;
}

async function stream(
  as: string,
  query: string,
  headers: Record<string, string> = {},
  more: object = {},
): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': as, ...headers },
    body: JSON.stringify({ query, ...more }),
    signal: abort.signal,
  });
  const events = readEvents(response.body as unknown as AsyncIterable<Uint8Array>);
  return {
    async next() {
      for (;;) {
        const { value, done } = await events.next();
        if (done || value.event === 'complete') return null;
        if (value.event === 'next') return { id: value.id, ...JSON.parse(value.data) };
      }
    },
    async close() {
      abort.abort();
      await events.return?.(undefined).catch(() => {});
    },
  };
}

async function sources(count: number): Promise<void> {
  for (let i = 0; i < 200 && open !== count; i++) await sleep(5);
  expect(open).toBe(count);
}

const TICK = 'subscription { tick { number } }';

test('equal subscriptions of callers who see the same are one source, which ends with the last of them', async () => {
  const streams = await Promise.all(['anna', 'ben', 'anna'].map((who) => stream(who, TICK)));
  await sources(1);
  await sleep(50);
  emit(tickOf(1));
  for (const { next } of streams) expect((await next())?.data).toEqual({ tick: { number: 1 } });
  expect(opened).toHaveLength(1);
  const [first, second, third] = streams as [Stream, Stream, Stream];
  await first.close();
  await second.close();
  await sleep(50);
  expect(open).toBe(1);
  emit(tickOf(2));
  expect((await third.next())?.data).toEqual({ tick: { number: 2 } });
  await third.close();
  await sources(0);
});

test('other variables, other rights, or a field that depends on the caller are sources of their own', async () => {
  rights.guest = ['look'];
  const streams = await Promise.all([
    stream('anna', 'subscription ($of: ID) { tick(of: $of) { number } }', {}, { variables: { of: 'a' } }),
    stream('anna', 'subscription ($of: ID) { tick(of: $of) { number } }', {}, { variables: { of: 'b' } }),
    stream('guest', 'subscription ($of: ID) { tick(of: $of) { number } }', {}, { variables: { of: 'a' } }),
    stream('anna', 'subscription { mine { number } }'),
    stream('ben', 'subscription { mine { number } }'),
  ]);
  await sources(5);
  expect(opened.filter(({ of }) => of === 'mine').map(({ user }) => user)).toEqual(['anna', 'ben']);
  for (const { close } of streams) await close();
  await sources(0);
});

test('what other subgraphs add is asked for once a caller, not once a client', async () => {
  const query = 'subscription { tick { number item { name } } }';
  const streams = await Promise.all(['anna', 'anna', 'anna', 'ben'].map((who) => stream(who, query)));
  await sources(1);
  await sleep(50);
  const before = named;
  emit(tickOf(5));
  for (const { next } of streams) expect((await next())?.data.tick.item.name).toMatch(/^Item 5 /);
  expect(named - before).toBe(2);
  for (const { close } of streams) await close();
  await sources(0);
});

test('each event has an id; a client that comes back with it gets what it missed, over SSE and over WebSocket', async () => {
  const first = await stream('anna', TICK);
  await sources(1);
  emit(tickOf(1));
  const seen = await first.next();
  expect(seen).toMatchObject({ id: '1', extensions: { event: { id: '1' } } });
  await first.close();
  await sources(0);
  past.push(tickOf(1), tickOf(2), tickOf(3));

  const again = await stream('anna', TICK, { 'last-event-id': '1' });
  expect((await again.next())?.data.tick.number).toBe(2);
  expect((await again.next())?.data.tick.number).toBe(3);
  await again.close();

  const client = createClient({
    url: gateway.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { 'x-api-key': 'anna' },
  });
  const events = client.iterate({ query: TICK, extensions: { lastEventId: '2' } });
  expect((await events.next()).value).toMatchObject({
    data: { tick: { number: 3 } },
    extensions: { event: { id: '3' } },
  });
  await events.return?.();
  await client.dispose();
  await sources(0);
});

test('where events may be missing the client is told so', async () => {
  const events = await stream('anna', TICK, { 'last-event-id': 'lost' });
  expect((await events.next())?.extensions.event).toEqual({ gap: true });
  await events.close();
  const bad = await stream('anna', TICK, {}, { extensions: { lastEventId: '<script>' } });
  expect((await bad.next())?.errors[0].extensions.code).toBe('BAD_REQUEST');
  await sources(0);
});

test('rights are looked at again: other rights or none close the connection with 4403', async () => {
  for (const [who, then] of [
    ['carl', ['read', 'write']],
    ['client', []],
  ] as const) {
    rights[who] = ['read'];
    let closed: { code: number } | undefined;
    const client = createClient({
      url: gateway.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { 'x-api-key': who },
      retryAttempts: 0,
      on: { closed: (event) => (closed = event as { code: number }) },
    });
    const events = client.iterate({ query: TICK });
    const next = events.next();
    await sources(1);
    await sleep(100);
    expect(closed).toBeUndefined();
    rights[who] = [...then];
    await expect(next).rejects.toMatchObject({ code: 4403 });
    expect(closed?.code).toBe(4403);
    await client.dispose();
    await sources(0);
  }
});

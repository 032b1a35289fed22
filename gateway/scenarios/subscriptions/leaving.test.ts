import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { startToys, toy } from '../toys.ts';

/** Who leaves, whenever that is, leaves nothing running behind: most subscriptions never see an event that would tell. */

const open = new Set<string>();
let opened = 0;

function quiet(id: string): AsyncIterableIterator<never> {
  open.add(id);
  opened++;
  return {
    next: () => new Promise(() => {}),
    return() {
      open.delete(id);
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const silent = toy('silent', 'type Query { ok: Boolean } type Subscription { quiet(id: ID!): Int }', {
  Query: { ok: () => true },
  Subscription: { quiet: { subscribe: (_: unknown, { id }: { id: string }) => quiet(id) } },
});

const query = 'subscription Quiet($id: ID!) { quiet(id: $id) }';

let gateway: RunningGateway;
let connection: net.Socket | undefined;
beforeAll(async () => {
  gateway = await startToys([silent], { planningTimeoutMs: 10_000 });
});
beforeEach(() => {
  opened = 0;
});
afterAll(async () => {
  connection?.destroy();
  await gateway.close(0);
});

function requestOf(id: string, text = query): string {
  const body = JSON.stringify({ query: text, variables: { id } });
  const headers = ['host: here', 'content-type: application/json', 'accept: text/event-stream'];
  return ['POST /graphql HTTP/1.1', ...headers, `content-length: ${body.length}`, '', body].join('\r\n');
}

async function connected(): Promise<net.Socket> {
  connection = net.connect(gateway.port, '127.0.0.1');
  await once(connection, 'connect');
  return connection;
}

async function underWay(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
  return Number(/^gateway_requests_under_way (\d+)$/m.exec(text)?.[1]);
}

test('over WebSocket a subscription ends when its client says so, not with the next event', async () => {
  const client = createClient({
    url: gateway.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    lazyCloseTimeout: 60_000,
  });
  const ends = ['a', 'b'].map((id) =>
    client.subscribe({ query, variables: { id } }, { next() {}, error() {}, complete() {} }),
  );
  await expect.poll(() => [...open], { timeout: 10_000 }).toEqual(['a', 'b']);
  ends[0]?.();
  await expect.poll(() => [...open]).toEqual(['b']);
  ends[1]?.();
  await expect.poll(() => [...open]).toEqual([]);
  await client.dispose();
});

test('whose connection is gone before the operation is planned gets no stream, and holds no place', async () => {
  const socket = await connected();
  // An operation that nobody has sent before, and that takes a while.
  const fields = Array.from({ length: 40 }, (_, i) => `... on Subscription { quiet(id: $id) @cut${i} }`);
  socket.write(requestOf('gone', `subscription ($id: ID!) { quiet(id: $id) } # ${fields.join(' ')}`));
  await expect.poll(underWay, { interval: 1 }).toBe(1);
  socket.destroy();
  await expect.poll(underWay, { timeout: 10_000 }).toBe(0);
  expect(open.size).toBe(0);
});

test('requests sent in a row on one connection end with it, also those whose turn has not come', async () => {
  const socket = await connected();
  socket.write(['first', 'second', 'third'].map((id) => requestOf(id)).join(''));
  await expect.poll(() => opened).toBe(3);
  socket.destroy();
  await expect.poll(() => [...open]).toEqual([]);
  await expect.poll(underWay).toBe(0);
});

test('the session of whose WebSocket is gone before it is known who asks is not looked after', async () => {
  let looks = 0;
  const identified = Promise.withResolvers<Caller>();
  const asked = Promise.withResolvers<void>();
  const guarded = await startToys([silent], {
    identity: {
      jwks: () => ({ keys: [] }),
      resolveApiKey() {
        asked.resolve();
        return identified.promise;
      },
      isSessionActive() {
        looks++;
        return true;
      },
      sessionCheckMs: 5,
    },
  });
  const socket = new WebSocket(guarded.url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { 'x-api-key': 'slow' } }));
  await asked.promise;
  socket.terminate();
  await sleep(50);
  identified.resolve({
    tenantId: 't',
    userId: 'anna',
    clientId: null,
    sessionId: 'session',
    permissions: [],
    locale: 'en',
    budget: null,
  });
  await sleep(100);
  expect(looks).toBe(0);
  await guarded.close(0);
});

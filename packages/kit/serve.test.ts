import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { type Caller, signCaller } from './caller.ts';

import { serveSubgraph } from './serve.ts';
import type { LocalSubgraph } from './subgraph.ts';
import { Database } from './tenant-db.ts';

const secret = 'shared by gateway and subgraph';
const caller: Caller = {
  tenantId: 'one',
  userId: 'anna',
  clientId: null,
  sessionId: null,
  permissions: [],
  locale: 'en',
} as unknown as Caller;

test('a subscription whose reader is gone before it begins ends with its call', async () => {
  const opening = Promise.withResolvers<void>();
  let asked = 0;
  let ended = 0;
  let closed = 0;
  const schema = buildSchema('type Query { ok: Boolean } type Subscription { quiet: Int }');
  const { quiet } = schema.getSubscriptionType()?.getFields() ?? {};
  if (!quiet) throw new Error('The schema has no subscription');
  quiet.subscribe = async () => {
    asked++;
    await opening.promise;
    return {
      next: () => new Promise(() => {}),
      return: () => {
        ended++;
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
  const subgraph = {
    name: 'quiet',
    schema,
    open: () => ({ context: {}, reads: () => Promise.resolve(null), close: () => Promise.resolve(void closed++) }),
  } as unknown as LocalSubgraph;
  const server = await serveSubgraph({
    subgraph,
    database: {} as unknown as Database,
    secret,
    host: '127.0.0.1',
    port: 0,
    mayReadMetrics: () => true,
  });
  const reader = new AbortController();
  const answer = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-valeo-caller': signCaller(caller, secret) },
    body: JSON.stringify({ query: 'subscription { quiet }' }),
    signal: reader.signal,
  });
  await expect.poll(() => asked).toBe(1);
  reader.abort();
  await expect(answer).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  opening.resolve();
  await expect.poll(() => [ended, closed]).toEqual([1, 1]);
  server.close();
});

test('a database that takes connections and does not answer makes it unready in time', async () => {
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => void sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const database = new Database({ url: `postgres://x:x@127.0.0.1:${(mute.address() as AddressInfo).port}/x` });
  const server = await serveSubgraph({
    subgraph: {} as LocalSubgraph,
    database,
    secret,
    host: '127.0.0.1',
    port: 0,
    mayReadMetrics: () => true,
  });
  const ready = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/health/ready`, {
    signal: AbortSignal.timeout(8_000),
  });
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'unavailable', dependencies: { database: 'down' } },
  ]);
  server.close();
  for (const socket of sockets) socket.destroy();
  mute.close();
}, 15_000);

test('a machine whose clock is wrong takes nobody for a stranger', async () => {
  const server = await serveSubgraph({
    subgraph: {} as LocalSubgraph,
    database: {} as unknown as Database,
    secret,
    host: '127.0.0.1',
    port: 0,
    mayReadMetrics: () => true,
  });
  const ask = async (signed: string) => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-valeo-caller': signed },
      body: '{}',
    });
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] };
    return [answer.status, errors[0]?.extensions.code, errors[0]?.message];
  };
  const hourAgo = Date.now() - 3_600_000;
  expect(await ask(signCaller(caller, secret, hourAgo))).toEqual([
    500,
    'INTERNAL',
    expect.stringMatching(/^The call was signed 360\d s ago by our clock/),
  ]);
  expect((await ask(signCaller(caller, 'another', hourAgo))).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
  server.close();
});

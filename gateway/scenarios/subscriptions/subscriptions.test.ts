import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, type ToyCall, toy } from '../toys.ts';

/** A source that emits when told to. */
class Emitter {
  readonly #waiting = new Set<(value: unknown) => void>();
  emit(value: unknown): void {
    for (const wake of this.#waiting) wake(value);
  }
  async *events(): AsyncGenerator<unknown> {
    const queue: unknown[] = [];
    let wake: () => void = () => {};
    const listener = (value: unknown): void => {
      queue.push(value);
      wake();
    };
    this.#waiting.add(listener);
    try {
      for (;;) {
        while (queue.length > 0) yield queue.shift();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.#waiting.delete(listener);
    }
  }
  get listeners(): number {
    return this.#waiting.size;
  }
}

const orders = new Emitter();
const contexts: { phase: string; context: ToyCall }[] = [];
const sales = toy(
  'sales',
  `type Query { ok: Boolean } type Subscription { orderChanged(id: ID!): Order }
   type Order @key(fields: "id") { id: ID! state: String item: Item } type Item @key(fields: "id", resolvable: false) { id: ID! }`,
  {
    Query: { ok: () => true },
    Subscription: {
      orderChanged: {
        subscribe: (_: unknown, { id }: { id: string }, context: ToyCall) => {
          if (id === 'forbidden') throw new Error('Not this one.');
          contexts.push({ phase: 'subscribe', context });
          return orders.events();
        },
        resolve: (event: unknown, _: unknown, context: ToyCall) => {
          contexts.push({ phase: 'event', context });
          return event;
        },
      },
    },
  },
);
const stock = toy('stock', 'type Item @key(fields: "id") { id: ID! title: String! }', {
  Item: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `Item ${id}` }) },
});

const text = 'subscription ($id: ID!) { orderChanged(id: $id) { state item { title } } }';
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startToys([sales, stock]);
});
afterAll(() => gateway.close(0));

async function listening(count: number): Promise<void> {
  for (let i = 0; i < 200 && orders.listeners !== count; i++) await sleep(5);
  expect(orders.listeners).toBe(count);
}

test('over WebSocket each event is completed from the other subgraphs, in a call of its own that is closed', async () => {
  contexts.length = 0;
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket, lazy: false });
  const events = client.iterate({ query: text, variables: { id: '1' } });
  const first = events.next();
  await listening(1);
  orders.emit({ id: '1', state: 'packed', item: { id: '7' } });
  expect((await first).value).toMatchObject({ data: { orderChanged: { state: 'packed', item: { title: 'Item 7' } } } });
  const second = events.next();
  orders.emit({ id: '1', state: 'sent', item: null });
  expect((await second).value).toMatchObject({ data: { orderChanged: { state: 'sent', item: null } } });
  await events.return?.();
  await client.dispose();
  await sleep(50);
  expect(contexts.map(({ phase }) => phase)).toEqual(['subscribe', 'event', 'event']);
  expect(new Set(contexts.map(({ context }) => context)).size).toBe(3);
  expect(contexts.every(({ context }) => context.closed)).toBe(true);
});

test('over server-sent events the same answers come, then the end of the stream ends the source', async () => {
  const abort = new AbortController();
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: text, variables: { id: '1' } }),
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  orders.emit({ id: '1', state: 'packed', item: { id: '7' } });
  let received = '';
  while (!received.includes('\n\n')) received += new TextDecoder().decode((await reader.read()).value);
  expect(received).toMatch(
    /^event: next\ndata: \{"data":\{"orderChanged":\{"state":"packed","item":\{"title":"Item 7"\}\}\}/,
  );
  abort.abort();
});

test('a client of the multipart protocol gets each event as a whole part at once', async () => {
  const abort = new AbortController();
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'multipart/mixed;subscriptionSpec=1.0, application/json' },
    body: JSON.stringify({ query: text, variables: { id: '1' } }),
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  orders.emit({ id: '1', state: 'packed', item: null });
  let received = '';
  const isWhole = () => /"payload":.*\r\n--graphql$/s.test(received);
  while (!isWhole()) received += new TextDecoder().decode((await reader.read()).value);
  expect(received).toMatch(/^\r\n--graphql\r\ncontent-type: application\/json\r\n\r\n\{"payload":/);

  orders.emit({ id: '1', state: 'sent', item: null });
  received = '';
  while (!isWhole()) received += new TextDecoder().decode((await reader.read()).value);
  expect(received).toMatch(/^\r\ncontent-type: application\/json\r\n\r\n\{"payload":.*"sent"/);
  abort.abort();
});

test('a stream of parts that is over ends with the last boundary', async () => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'multipart/mixed;subscriptionSpec=1.0' },
    body: JSON.stringify({ query: text, variables: { id: 'forbidden' } }),
  });
  expect(await response.text()).toMatch(/^\r\n--graphql\r\n.*Not this one\..*\r\n--graphql--\r\n$/s);
});

test('a refused subscription ends with the error, over WebSocket as over server-sent events', async () => {
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  const results: unknown[] = [];
  for await (const result of client.iterate({ query: text, variables: { id: 'forbidden' } })) results.push(result);
  expect(results).toMatchObject([{ errors: [{ message: 'Not this one.', path: ['orderChanged'] }] }]);
  await expect(client.iterate({ query: 'subscription { nothing }' }).next()).rejects.toMatchObject([
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ]);
  await client.dispose();

  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: text, variables: { id: 'forbidden' } }),
  });
  const stream = await response.text();
  expect(stream).toContain('Not this one.');
  expect(stream.endsWith('event: complete\ndata:\n\n')).toBe(true);
});

test('a refusal over WebSocket has the standard form, with the place in the text', async () => {
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  const refusal = (code: string, category: string, retryable: boolean) => ({
    extensions: { code, category, retryable, requestId: expect.stringMatching(/./) },
  });
  await expect(client.iterate({ query: 'subscription { nothing }' }).next()).rejects.toMatchObject([
    { ...refusal('GRAPHQL_VALIDATION_FAILED', 'USER', false), locations: [{ line: 1, column: 16 }] },
  ]);
  const open = Array.from({ length: 100 }, () => client.iterate({ query: text, variables: { id: '1' } }));
  const waiting = open.map((events) => events.next());
  await expect(client.iterate({ query: text, variables: { id: '1' } }).next()).rejects.toMatchObject([
    refusal('OVERLOADED', 'LIMIT', true),
  ]);
  await Promise.all(open.map((events) => events.return?.()));
  await Promise.all(waiting);
  await client.dispose();
});

test.each([
  'subscription ($no: Boolean!) { orderChanged(id: "1") @skip(if: $no) { state } }',
  'subscription ($no: Boolean!) { ... @include(if: $no) { orderChanged(id: "1") { state } } }',
  'subscription ($no: Boolean!) { ...S @skip(if: $no) } fragment S on Subscription { orderChanged(id: "1") { state } }',
  'subscription ($no: Boolean!) { ...S } fragment S on Subscription { orderChanged(id: "1") @skip(if: $no) { state } }',
])('a condition at the root of a subscription is not valid: %s', async (query) => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { no: true } }),
  });
  const [, data] = /data: (.*)/.exec(await response.text()) ?? [];
  expect(JSON.parse(data ?? '')).toMatchObject({
    errors: [{ locations: [{ line: 1 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED', category: 'USER' } }],
  });
});

test('queries work over WebSocket and server-sent events too; subscriptions over plain HTTP are refused with the reason', async () => {
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  expect((await client.iterate({ query: '{ ok }' }).next()).value).toMatchObject({ data: { ok: true } });
  await client.dispose();
  const { status, body } = await post(gateway.url, { query: text, variables: { id: '1' } });
  expect(status).toBe(400);
  expect(body.errors[0].message).toContain('WebSocket');
});

import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { readEvents } from '../../subscriptions/remote.ts';
import { startToys, toy } from '../toys.ts';

/** Ends of subscriptions when a gateway stops: clients go on elsewhere long before its grace is over. */

const graceMs = 20_000;
let asked = (): void => {};
const quiet = toy(
  'quiet',
  'type Query { slow: Boolean } type Mutation { write: Boolean } type Subscription { never: Int }',
  {
    Query: {
      slow: () => {
        asked();
        return sleep(300, true);
      },
    },
    Mutation: { write: () => sleep(400, true) },
    Subscription: {
      never: {
        async *subscribe() {
          yield { never: 1 };
          await new Promise(() => {});
        },
      },
    },
  },
);

const asStream = (url: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { never }' }),
  });

test('an event stream is told why it ends, and ended, at once; requests under way are answered', async () => {
  const gateway = await startToys([quiet]);
  const events = readEvents((await asStream(gateway.url)).body as ReadableStream<Uint8Array>);
  expect((await events.next()).value?.event).toBe('next');
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const slow = fetch(`${gateway.url}?query={slow}`, { headers: { 'apollo-require-preflight': 'true' } });
  await isAsked;
  const startedAt = Date.now();
  const closing = gateway.close(graceMs);
  const last = (await events.next()).value;
  expect(JSON.parse(last?.data ?? '')).toMatchObject({
    errors: [{ extensions: { code: 'GATEWAY_UNAVAILABLE', category: 'FAULT', retryable: true } }],
  });
  expect((await events.next()).value).toMatchObject({ event: 'complete' });
  expect(await (await slow).json()).toMatchObject({ data: { slow: true } });
  await closing;
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

test('streams go on during the notice, new ones too, and end when nobody can come back', async () => {
  const gateway = await startToys([quiet], { stopNoticeMs: 400 });
  const former = readEvents((await asStream(gateway.url)).body as ReadableStream<Uint8Array>);
  expect((await former.next()).value?.event).toBe('next');
  const closing = gateway.close(graceMs);
  const later = readEvents((await asStream(gateway.url)).body as ReadableStream<Uint8Array>);
  for (const events of [former, later]) {
    expect(JSON.parse((await events.next()).value?.data ?? '')).toMatchObject({
      errors: [{ extensions: { code: 'GATEWAY_UNAVAILABLE', retryable: true } }],
    });
    await expect(once(net.connect(gateway.port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  }
  await closing;
});

/** One connection, and the code it is closed with. */
function connect(url: string) {
  let code = 0;
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: {
      closed: (event) => {
        code = (event as { code: number }).code;
      },
    },
  });
  return { client, code: () => code };
}

test('a WebSocket is closed with 1001', async () => {
  const gateway = await startToys([quiet]);
  const { client, code } = connect(gateway.url);
  const events = client.iterate({ query: 'subscription { never }' });
  await events.next();
  const ended = expect(events.next()).rejects.toBeDefined();
  await gateway.close(graceMs);
  await ended;
  expect(code()).toBe(1001);
});

test('what is asked over a WebSocket is answered before it is closed, and nothing more is begun', async () => {
  const gateway = await startToys([quiet]);
  const { client, code } = connect(gateway.url);
  const listening = client.iterate({ query: 'subscription { never }' });
  await listening.next();
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const answers = ['{ slow }', 'mutation { write }'].map((query) => client.iterate({ query }));
  const given = Promise.all(answers.map((one) => one.next()));
  await isAsked;
  const startedAt = Date.now();
  const closing = gateway.close(graceMs);
  await expect(client.iterate({ query: '{ slow }' }).next()).rejects.toMatchObject([
    { extensions: { code: 'GATEWAY_UNAVAILABLE', retryable: true } },
  ]);
  expect(await given).toMatchObject([{ value: { data: { slow: true } } }, { value: { data: { write: true } } }]);
  // Each is complete: its client need not wonder whether more would have come.
  expect(await Promise.all(answers.map((one) => one.next()))).toMatchObject([{ done: true }, { done: true }]);
  await closing;
  await expect.poll(code).toBe(1001);
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

test('an answer that takes longer than the grace is given up with its WebSocket', async () => {
  const gateway = await startToys([quiet]);
  const { client } = connect(gateway.url);
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const answer = expect(client.iterate({ query: '{ slow }' }).next()).rejects.toBeDefined();
  await isAsked;
  await gateway.close(50);
  await answer;
});

test('a WebSocket whose client does not answer is cut when the grace is over', async () => {
  const gateway = await startToys([quiet]);
  const socket = net.connect(gateway.port, '127.0.0.1');
  socket.write(
    'GET /graphql HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n',
  );
  await once(socket, 'data');
  socket.on('error', () => {});
  const startedAt = Date.now();
  await gateway.close(200);
  expect(Date.now() - startedAt).toBeLessThan(5_000);
  socket.destroy();
});

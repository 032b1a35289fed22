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
const quiet = toy('quiet', 'type Query { slow: Boolean } type Subscription { never: Int }', {
  Query: {
    slow: () => {
      asked();
      return sleep(300, true);
    },
  },
  Subscription: {
    never: {
      async *subscribe() {
        yield { never: 1 };
        await new Promise(() => {});
      },
    },
  },
});

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

test('a WebSocket is closed with 1001', async () => {
  const gateway = await startToys([quiet]);
  let code = 0;
  const client = createClient({
    url: gateway.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: {
      closed: (event) => {
        code = (event as { code: number }).code;
      },
    },
  });
  const events = client.iterate({ query: 'subscription { never }' });
  await events.next();
  const ended = expect(events.next()).rejects.toBeDefined();
  await gateway.close(graceMs);
  await ended;
  expect(code).toBe(1001);
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

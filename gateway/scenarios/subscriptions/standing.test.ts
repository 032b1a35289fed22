import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { startToys, toy } from '../toys.ts';

const silent = toy('silent', 'type Query { ok: Boolean } type Subscription { quiet: Int }', {
  Subscription: {
    quiet: {
      async *subscribe() {
        await new Promise(() => {});
        yield { quiet: 1 };
      },
    },
  },
});
const caller = (userId: string): Caller => ({
  tenantId: 't',
  userId,
  clientId: null,
  sessionId: null,
  permissions: [],
  locale: 'en',
  budget: null,
});

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startToys([silent], {
    limits: { standing: 2 },
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(caller(key)) },
  });
});
afterEach(() => gateway.close(0));

async function stream(who: string): Promise<{ status: number; code?: string; close(): void }> {
  const leave = new AbortController();
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': who },
    body: JSON.stringify({ query: 'subscription { quiet }' }),
    signal: leave.signal,
  });
  const close = (): void => leave.abort();
  if (response.status === 200) return { status: 200, close };
  const { errors } = (await response.json()) as { errors: [{ extensions: { code: string } }] };
  return { status: response.status, code: errors[0].extensions.code, close };
}

/** Acknowledged, or closed with a code. */
async function webSocket(who: string): Promise<{ socket: WebSocket; said: string | number }> {
  const socket = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { 'x-api-key': who } }));
  const said = await Promise.race([
    once(socket, 'message').then(([data]) => JSON.parse(String(data)).type as string),
    once(socket, 'close').then(([code]) => code as number),
  ]);
  return { socket, said };
}

test('one caller has so many event streams and WebSockets together; others notice nothing, and who leaves makes room', async () => {
  const first = await stream('anna');
  const second = await webSocket('anna');
  expect([first.status, second.said]).toEqual([200, 'connection_ack']);
  expect(await stream('anna')).toMatchObject({ status: 503, code: 'OVERLOADED' });
  expect((await webSocket('anna')).said).toBe(1013);
  const [other, third] = [await stream('ben'), await webSocket('ben')];
  expect([other.status, third.said]).toEqual([200, 'connection_ack']);

  second.socket.close();
  first.close();
  const again: Awaited<ReturnType<typeof stream>>[] = [];
  await expect
    .poll(async () => {
      const one = await stream('anna');
      if (one.status === 200) again.push(one);
      return again.length;
    })
    .toBe(2);
  expect((await stream('anna')).status).toBe(503);
  for (const one of [...again, other]) one.close();
  third.socket.close();
});

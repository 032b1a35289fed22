import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { RunningGateway } from '../../server.ts';
import { readEvents } from '../../subscriptions/remote.ts';
import { startToys, toy } from '../toys.ts';

/** A subgraph whose events are whatever a test wants, over both protocols. */

const { sdl } = toy(
  'ticks',
  'type Query { ok: Boolean } type Subscription { tick: Tick } type Tick { number: Int! text: String }',
  {},
);
const answerBytes = 2_000;

/** Texts of events, and how it ends after them. */
let events: string[] = [];
let ending: 'complete' | 'cut' | 'closed' | 'refused' = 'complete';

let source: http.Server;
let gateways: Record<'ws' | 'http', RunningGateway>;

beforeAll(async () => {
  source = http.createServer((_, res) => {
    if (ending === 'refused') {
      res
        .setHeader('content-type', 'application/json')
        .end('{"errors":[{"message":"Not you.","extensions":{"code":"FORBIDDEN"}}]}');
      return;
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) res.write(`event: next\ndata: ${event}\n\n`);
    if (ending === 'complete') res.end('event: complete\ndata:\n\n');
    else if (ending === 'closed') res.end();
    else setTimeout(() => res.destroy(), 20);
  });
  const sockets = new WebSocketServer({ server: source, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const { type, id } = JSON.parse(String(data));
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type !== 'subscribe') return;
      if (ending === 'refused') {
        const payload = [{ message: 'Not you.', extensions: { code: 'FORBIDDEN' } }];
        socket.send(JSON.stringify({ type: 'error', id, payload }));
        return;
      }
      for (const event of events) socket.send(`{"type":"next","id":"${id}","payload":${event}}`);
      if (ending === 'complete') socket.send(`{"type":"complete","id":"${id}"}`);
      else if (ending === 'closed') socket.close(1001);
      else socket.terminate();
    });
  });
  await once(source.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(source.address() as AddressInfo).port}/`;
  const supergraph = String(composeServices([{ name: 'ticks', url, typeDefs: parse(sdl) }]).supergraphSdl);
  const start = (subscriptionUrl: string) =>
    startToys([], {
      supergraph,
      subgraphs: { ticks: { subscriptionUrl } },
      limits: { subgraphAnswerBytes: answerBytes },
      redactErrors: true,
    });
  gateways = { ws: await start('ws:'), http: await start('http:') };
});
afterAll(async () => {
  await Promise.all([gateways.ws.close(0), gateways.http.close(0)]);
  source.close();
  source.closeAllConnections();
});

interface Answered {
  data?: unknown;
  code?: string;
  retryable?: boolean;
}

async function answers(protocol: 'ws' | 'http'): Promise<Answered[]> {
  const response = await fetch(gateways[protocol].url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { tick { number text } }' }),
  });
  const out: Answered[] = [];
  for await (const { event, data } of readEvents(response.body as unknown as AsyncIterable<Uint8Array>)) {
    if (event !== 'next') continue;
    const { data: value, errors } = JSON.parse(data);
    const { code, retryable } = errors?.[0].extensions ?? {};
    out.push({ data: value, ...(code && { code, retryable }) });
  }
  return out;
}

const good = '{"data":{"tick":{"number":1,"text":"one"}}}';
const right = { data: { tick: { number: 1, text: 'one' } } };
const wrong = { data: { tick: null }, code: 'INVALID_SUBGRAPH_ANSWER', retryable: false };

describe.each(['ws', 'http'] as const)('over %s', (protocol) => {
  test.each([
    ['data that is no object', '{"data":"tick"}'],
    ['data that is a list', '{"data":[{"tick":{"number":1}}]}'],
    ['neither data nor a reason', '{}'],
    ['no reason for missing data', '{"data":null,"errors":[]}'],
    ['errors that are no list', '{"data":{"tick":{"number":1,"text":null}},"errors":"failed"}'],
    ['a null where none may be', '{"data":{"tick":{"number":null,"text":"one"}}}'],
    ['a value of another type', '{"data":{"tick":{"number":"one","text":"one"}}}'],
    ['a list instead of an object', '{"data":{"tick":[1]}}'],
  ])('%s is an error, and what comes after it still arrives', async (_, event) => {
    ending = 'complete';
    events = [good, event, good];
    expect(await answers(protocol)).toEqual([right, wrong, right]);
  });

  test('an event that is larger than an answer may be ends the subscription', async () => {
    ending = 'complete';
    events = [good, `{"data":{"tick":{"number":1,"text":"${'x'.repeat(answerBytes)}"}}}`, good];
    expect(await answers(protocol)).toEqual([right, { ...wrong, data: undefined }]);
  });

  test.each(['cut', 'closed'] as const)(
    'a connection that is %s ends it with an error that says to come again',
    async (how) => {
      ending = how;
      events = [good];
      expect(await answers(protocol)).toEqual([right, { code: 'SUBGRAPH_UNAVAILABLE', retryable: true }]);
    },
  );

  test("a subgraph's reasons to refuse it are given as they are", async () => {
    ending = 'refused';
    expect(await answers(protocol)).toEqual([{ data: null, code: 'FORBIDDEN', retryable: false }]);
  });
});

test('an event of a stream that is no JSON is an error as well', async () => {
  ending = 'complete';
  events = [good, '{"data":', good];
  expect(await answers('http')).toEqual([right, wrong, right]);
});

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { readEvents } from '../../subscriptions/remote.ts';
import { type ServedToy, serve, startToys, toy } from '../toys.ts';

const ticks = toy(
  'ticks',
  'type Query { ok: Boolean } type Subscription { tick(upTo: Int!): Tick } type Tick { number: Int! item: Item } type Item @key(fields: "id", resolvable: false) { id: ID! }',
  {
    Query: { ok: () => true },
    Subscription: {
      tick: {
        async *subscribe(_: unknown, { upTo }: { upTo: number }) {
          if (upTo < 0) throw new Error('Only upwards.');
          for (let number = 1; number <= upTo; number++) yield { tick: { number, item: { id: String(number) } } };
        },
      },
    },
  },
);
const names = toy('names', 'type Item @key(fields: "id") { id: ID! name: String }', {
  Item: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Item ${id}` }) },
});

let served: ServedToy;
let source: http.Server;
let sourceUrl: string;
const seen: http.IncomingHttpHeaders[] = [];

beforeAll(async () => {
  served = await serve(names);
  source = http.createServer(async (req, res) => {
    seen.push(req.headers);
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    if (variables.upTo < 0) {
      res.setHeader('content-type', 'application/json').end('{"errors":[{"message":"Only upwards."}]}');
      return;
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let number = 1; number <= variables.upTo; number++) {
      res.write(
        `:\n\nevent: next\ndata: {"data":{"tick":{"number":${number},"item":{"__typename":"Item","id":"${number}"}}}}\n\n`,
      );
    }
    res.end('event: complete\ndata:\n\n');
  });
  useServer({ schema: ticks.schema }, new WebSocketServer({ server: source, path: '/ws' }));
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  sourceUrl = `127.0.0.1:${(source.address() as AddressInfo).port}`;
});
afterAll(() => {
  served.close();
  source.close();
  source.closeAllConnections();
});

async function answers(subscriptionUrl: string, upTo: number, of = 'ticks'): Promise<unknown[]> {
  const { supergraphSdl } = composeServices([
    { name: 'ticks', url: `http://${sourceUrl}/`, typeDefs: parse(ticks.sdl) },
    { name: 'names', url: served.url, typeDefs: parse(names.sdl) },
  ]);
  const gateway = await startToys([], {
    supergraph: supergraphSdl as string,
    subgraphs: { [of]: { subscriptionUrl } },
    forwardCaller: () => ({ 'x-signed': 'yes' }),
  });
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({
      query: 'subscription ($upTo: Int!) { tick(upTo: $upTo) { number item { name } } }',
      variables: { upTo },
    }),
  });
  const out: unknown[] = [];
  for await (const { event, data } of readEvents(response.body as unknown as AsyncIterable<Uint8Array>)) {
    if (event !== 'next') continue;
    const { data: value, errors } = JSON.parse(data);
    out.push(errors ? errors[0].message : value);
  }
  await gateway.close(0);
  return out;
}

const two = [{ tick: { number: 1, item: { name: 'Item 1' } } }, { tick: { number: 2, item: { name: 'Item 2' } } }];

test('events of a subgraph over server-sent events are completed from the others; the caller travels along', async () => {
  expect(await answers(`http://${sourceUrl}/`, 2)).toEqual(two);
  expect(seen.at(-1)?.['x-signed']).toBe('yes');
});

test('events of a subgraph over WebSocket are completed from the others', async () => {
  expect(await answers(`ws://${sourceUrl}/ws`, 2)).toEqual(two);
});

test.each(['ws:/ws', 'http:'])('a rule for all subgraphs needs no host of theirs: %s', async (rule) => {
  expect(await answers(rule, 2, '*')).toEqual(two);
});

test("a subgraph's refusal reaches the client", async () => {
  expect(await answers(`http://${sourceUrl}/`, -1)).toEqual(['Only upwards.']);
});

test('events are read across any cut of the stream', async () => {
  const text = 'event: next\ndata: {"a":\ndata: "ü"}\n\n:\n\nevent: complete\r\ndata:\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 7, 1_000]) {
    const found: unknown[] = [];
    const chunks = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    })();
    for await (const event of readEvents(chunks)) found.push(event);
    expect(found).toEqual([
      { event: 'next', data: '{"a":\n"ü"}' },
      { event: 'complete', data: '' },
    ]);
  }
});

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { mayForward } from '../../http/forwarded.ts';
import type { GatewayOptions } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

/** A subgraph that answers what it was told of the client. */
const { sdl } = toy('shop', 'type Query { tenant: String } type Subscription { tenants: String }', {});
const seen: http.IncomingHttpHeaders[] = [];
let source: http.Server;
let supergraph: string;

beforeAll(async () => {
  source = http.createServer((req, res) => {
    seen.push(req.headers);
    req.resume();
    const tenant = req.headers['x-tenant'] ?? null;
    if (req.headers.accept !== 'text/event-stream') {
      res.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { tenant } }));
      return;
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(`event: next\ndata: ${JSON.stringify({ data: { tenants: tenant } })}\n\n`);
  });
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  const url = `http://127.0.0.1:${(source.address() as AddressInfo).port}/`;
  supergraph = composeServices([{ name: 'shop', url, typeDefs: parse(sdl) }]).supergraphSdl as string;
});
afterAll(() => {
  source.close();
  source.closeAllConnections();
});
beforeEach(() => {
  seen.length = 0;
});

async function withGateway(
  options: Partial<GatewayOptions>,
  work: (gateway: RunningGateway) => Promise<void>,
): Promise<void> {
  const gateway = await startToys([], { supergraph, forwardHeaders: ['authorization', 'x-tenant'], ...options });
  try {
    await work(gateway);
  } finally {
    await gateway.close(0);
  }
}
const query = '{ tenant }';
const told = { authorization: 'Bearer of-the-client', 'x-tenant': 'one', 'x-other': 'two' };

test('a subgraph is given the headers that are named, and no others', () =>
  withGateway({}, async ({ url }) => {
    await post(url, { query }, told);
    await post(url, { query });
    expect(seen).toMatchObject([
      { authorization: 'Bearer of-the-client', 'x-tenant': 'one', 'content-type': 'application/json' },
      { 'content-type': 'application/json' },
    ]);
    expect(seen[0]).not.toHaveProperty('x-other');
    expect(seen[1]).not.toHaveProperty('authorization');
  }));

test('without the setting it is given none', () =>
  withGateway({ forwardHeaders: [] }, async ({ url }) => {
    await post(url, { query }, told);
    for (const name of Object.keys(told)) expect(seen[0]).not.toHaveProperty(name);
  }));

test('what the gateway itself says of the caller stands above what a client says', () =>
  withGateway({ forwardCaller: () => ({ 'x-tenant': 'signed' }) }, async ({ url }) => {
    expect((await post(url, { query }, told)).body.data).toEqual({ tenant: 'signed' });
  }));

test.each([
  'cookie',
  'connection',
  'transfer-encoding',
  'host',
  'content-length',
  'x-valeo-caller',
  'x-forwarded-for',
  'a b',
])('%s is never forwarded', (name) => expect(mayForward(name)).toBe(false));

describe('callers who differ in a header share', () => {
  test('no answer that is kept', () =>
    withGateway({ cache: { subgraphs: ['shop'], listen: () => () => {} } }, async ({ url }) => {
      for (const tenant of ['one', 'two', 'one', 'two']) {
        expect((await post(url, { query }, { 'x-tenant': tenant })).body.data).toEqual({ tenant });
      }
      expect(seen).toHaveLength(2);
    }));

  test.each(['one message', 'headers within it'])('no events, over WebSocket with %s', (how) =>
    withGateway({}, async ({ url }) => {
      const events = ['one', 'two', 'one'].map(async (tenant) => {
        const headers = { 'X-Tenant': tenant };
        const client = createClient({
          url: url.replace('http', 'ws'),
          webSocketImpl: WebSocket,
          connectionParams: how === 'one message' ? headers : { headers },
        });
        const [first] = await firstOf(client.iterate({ query: 'subscription { tenants }' }));
        return { client, first };
      });
      const all = await Promise.all(events);
      expect(all.map(({ first }) => first)).toMatchObject(
        ['one', 'two', 'one'].map((tenants) => ({ data: { tenants } })),
      );
      await Promise.all(all.map(({ client }) => client.dispose()));
    }),
  );
});

async function firstOf<T>(events: AsyncIterable<T>): Promise<T[]> {
  for await (const event of events) return [event];
  return [];
}

test('what cannot stand in a header is left out, whatever a first message holds', () =>
  withGateway({}, async ({ url }) => {
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { 'x-tenant': 'one\r\nx-forged: yes', authorization: 7 },
    });
    const [answer] = await firstOf(client.iterate({ query }));
    expect(answer).toMatchObject({ data: { tenant: null } });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    await client.dispose();
  }));

test('a page of another origin that may ask may send them', () =>
  withGateway({ corsOrigins: ['https://app.example'] }, async ({ url }) => {
    const asked = {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-tenant',
    };
    const { headers } = await fetch(url, { method: 'OPTIONS', headers: asked });
    expect(headers.get('access-control-allow-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['content-type', 'x-tenant']),
    );
  }));

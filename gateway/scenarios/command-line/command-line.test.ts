import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { usage } from '../../command-line/read.ts';
import { settings } from '../../command-line/settings.ts';
import { post, type ServedToy, serve, toy } from '../toys.ts';
import { run } from './testing/program.ts';

const shop = toy('shop', 'type Query { items(first: Int): [Item!] } type Item { id: ID! }', {
  Query: { items: () => [{ id: '1' }] },
});

let folder: string;
let supergraph: string;
let served: ServedToy;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  supergraph = path.join(folder, 'supergraph.graphql');
  served = await serve(shop);
  writeFileSync(
    supergraph,
    composeServices([{ name: 'shop', url: served.url, typeDefs: parse(shop.sdl) }]).supergraphSdl as string,
  );
});
afterAll(() => {
  served.close();
  rmSync(folder, { recursive: true });
});

test('serves any supergraph, says which features are on, keeps the limits given and stops on a signal', async () => {
  const { url, output, stop } = run(
    ['--supergraph', supergraph, '--port', '0', '--cost-limit', '50'],
    // The command line wins.
    { GATEWAY_LIST_SIZE: '7', GATEWAY_COST_LIMIT: '40', GATEWAY_HOST: '' },
  );
  const address = await url();
  expect(output()).toContain('at most 50 an operation');
  const { body } = await post(address, { query: '{ items { id } }' });
  expect(body.data).toEqual({ items: [{ id: '1' }] });
  expect(body.extensions.cost).toMatchObject({ requested: 7, actual: 1, limit: 50 });
  expect((await fetch(address.replace('/graphql', '/health/ready'))).status).toBe(200);
  await stop();
}, 60_000);

test('composes from running subgraphs as well', async () => {
  const { url, stop } = run(['--subgraph', `shop=${served.url}`, '--port', '0']);
  expect((await post(await url(), { query: '{ items { id } }' })).body.data).toEqual({ items: [{ id: '1' }] });
  await stop();
}, 60_000);

test('subscribes to a subgraph over WebSocket where the settings say so', async () => {
  const ticks = toy('ticks', 'type Query { ok: Boolean } type Subscription { tick: Int }', {
    Subscription: {
      tick: {
        async *subscribe() {
          yield { tick: 1 };
        },
      },
    },
  });
  const source = http.createServer();
  useServer({ schema: ticks.schema }, new WebSocketServer({ server: source, path: '/live' }));
  await once(source.listen(0, '127.0.0.1'), 'listening');
  const file = path.join(folder, 'ticks.graphql');
  const own = `http://127.0.0.1:${(source.address() as AddressInfo).port}/graphql`;
  writeFileSync(file, String(composeServices([{ name: 'ticks', url: own, typeDefs: parse(ticks.sdl) }]).supergraphSdl));
  const { url, stop } = run(['--supergraph', file, '--port', '0', '--subscriptions', '*=ws:/live']);
  const response = await fetch(await url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { tick }' }),
  });
  expect(await response.text()).toContain('{"data":{"tick":1}');
  await stop();
  source.close();
  source.closeAllConnections();
}, 60_000);

test('--help tells of every setting and ends well; the guide shows the same', async () => {
  const { exit, output } = run(['--help']);
  expect(await exit).toBe(0);
  for (const name of Object.keys(settings)) expect(output()).toContain(`\n  --${name} `);
  const guide = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'guides', 'gateway.md');
  expect(readFileSync(guide, 'utf8')).toContain(`\`\`\`text\n${usage()}\n\`\`\``);
}, 60_000);

test.each([
  [['--port', '4200'], '--supergraph: missing'],
  [['--supergraph', '/nowhere/supergraph.graphql'], 'no such file'],
  [['--supergraph', import.meta.filename], `The supergraph ${import.meta.filename} cannot be used: Syntax Error`],
  [['--supergraph', 'x.graphql', '--persisted', 'require'], '--persisted: found "require"; it needs --operations'],
  [['--colour'], "Unknown option '--colour'"],
])(
  '%j ends with what is wrong',
  async (args, message) => {
    const { exit, output } = run(args);
    expect(await exit).toBe(1);
    expect(output()).toContain(message);
    expect(output()).not.toContain('    at ');
  },
  60_000,
);

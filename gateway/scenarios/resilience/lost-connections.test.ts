import net, { type AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, type ServedToy, serve, startToys, toy } from '../toys.ts';

/** What a machine that has vanished leaves behind: connections that take everything and never answer. */

let calls: string[] = [];
let delayMs = 0;
const stock = toy('stock', 'type Query { count: Int } type Mutation { add: Int }', {
  Query: { count: () => answered('count') },
  Mutation: { add: () => answered('add') },
});
async function answered(call: string): Promise<number> {
  calls.push(call);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  return calls.length;
}

/** Something in between that can forget the connections it has. */
async function between(target: string) {
  const pairs = new Set<[net.Socket, net.Socket]>();
  let opened = 0;
  const server = net.createServer((client) => {
    opened += 1;
    const { hostname, port } = new URL(target);
    const there = net.connect(Number(port), hostname);
    const pair: [net.Socket, net.Socket] = [client, there];
    pairs.add(pair);
    for (const [from, to] of [pair, [there, client] as const]) {
      from.on('data', (bytes) => pairs.has(pair) && to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => pairs.has(pair) && to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    opened: () => opened,
    forget: () => pairs.clear(),
    close: () => server.close(),
  };
}

let gateway: RunningGateway;
let served: ServedToy;
let way: Awaited<ReturnType<typeof between>>;
afterEach(async () => {
  await gateway.close(0);
  way.close();
  served.close();
});

async function start(timeoutMs: number) {
  calls = [];
  delayMs = 0;
  served = await serve(stock);
  way = await between(served.url);
  const { supergraphSdl } = composeServices([{ name: 'stock', url: way.url, typeDefs: parse(stock.sdl) }]);
  gateway = await startToys([], { supergraph: supergraphSdl as string, limits: { subgraphTimeoutMs: timeoutMs } });
}

test('a read on a connection that is lost without a word is asked once more on a new one', async () => {
  await start(15_000);
  await post(gateway.url, { query: '{ count }' });
  way.forget();
  const startedAt = Date.now();
  const { body } = await post(gateway.url, { query: '{ count }' });
  expect(body.data).toEqual({ count: 2 });
  expect(Date.now() - startedAt).toBeLessThan(8_000);
  // The lost one is used no more.
  expect((await post(gateway.url, { query: '{ count }' })).body.data).toEqual({ count: 3 });
  expect(way.opened()).toBe(3);
}, 20_000);

test('a read that is only slow is answered, and asked once alone as soon as that is known of it', async () => {
  await start(15_000);
  delayMs = 3_500;
  expect((await post(gateway.url, { query: '{ count }' })).body.data).toEqual({ count: expect.any(Number) });
  expect(calls).toHaveLength(2);
  expect((await post(gateway.url, { query: '{ count }' })).body.data).toEqual({ count: 3 });
  expect(calls).toHaveLength(3);
}, 20_000);

test('a write is never asked twice for its silence', async () => {
  await start(5_000);
  await post(gateway.url, { query: '{ count }' });
  way.forget();
  const { body } = await post(gateway.url, { query: 'mutation { add }' });
  expect(body.errors[0].extensions.code).toBe('TIMEOUT');
  expect(calls).toEqual(['count']);
}, 20_000);

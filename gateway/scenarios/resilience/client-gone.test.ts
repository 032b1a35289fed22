import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GatewayOptions } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { startToys, toy } from '../toys.ts';

/** Two hops; the first is answered when told to. */

const sdl = {
  orders: 'type Query { orders: [Order!] } type Mutation { order: Order } type Order @key(fields: "id") { id: ID! }',
  prices: 'type Query { cheapest: Int } type Order @key(fields: "id") { id: ID! price: Int }',
};

interface Held {
  asked: number;
  cut: number;
  answer(): void;
}

let orders: Held;
let prices: { asked: number };
let gateway: RunningGateway;
let servers: http.Server[] = [];

async function serveHttp(handle: http.RequestListener): Promise<string> {
  const server = http.createServer((req, res) => {
    req.resume().once('end', () => handle(req, res));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const json = (res: http.ServerResponse, data: unknown) =>
  res.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));

beforeEach(() => {
  orders = { asked: 0, cut: 0, answer: () => {} };
  prices = { asked: 0 };
});
afterEach(async () => {
  await gateway.close(0);
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  servers = [];
});

async function start(options: Partial<GatewayOptions> = {}): Promise<void> {
  const waiting: (() => void)[] = [];
  orders.answer = () => {
    for (const answer of waiting.splice(0)) answer();
  };
  const ordersUrl = await serveHttp((_, res) => {
    orders.asked++;
    res.once('close', () => {
      if (!res.writableFinished) orders.cut++;
    });
    waiting.push(() =>
      json(res, { orders: [{ __typename: 'Order', id: '1' }], order: { __typename: 'Order', id: '1' } }),
    );
  });
  const pricesUrl = await serveHttp((_, res) => {
    prices.asked++;
    json(res, { e0: [{ price: 5 }], _entities: [{ price: 5 }] });
  });
  const { supergraphSdl } = composeServices([
    { name: 'orders', url: ordersUrl, typeDefs: parse(toy('orders', sdl.orders, {}).sdl) },
    { name: 'prices', url: pricesUrl, typeDefs: parse(toy('prices', sdl.prices, {}).sdl) },
  ]);
  gateway = await startToys([], { supergraph: supergraphSdl as string, ...options });
}

/** A client that can hang up. */
function ask(query: string): { answer: Promise<unknown>; hangUp(): void } {
  const leave = new AbortController();
  const answer = fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: leave.signal,
  }).then(async (response) => ((await response.json()) as { data: unknown }).data);
  answer.catch(() => {});
  return { answer, hangUp: () => leave.abort() };
}

const until = (is: () => boolean) => expect.poll(is).toBe(true);
/** Long enough for a hop that should not be made. */
const aWhile = () => sleep(100);

const query = '{ orders { id price } }';
const kept: Partial<GatewayOptions> = { cache: { subgraphs: ['orders', 'prices'], listen: () => () => {} } };

describe('a client that hangs up', () => {
  test('ends the hop that is under way, and the next one is not begun', async () => {
    await start();
    const { answer, hangUp } = ask(query);
    await until(() => orders.asked === 1);
    hangUp();
    await expect(answer).rejects.toThrow();
    await until(() => orders.cut === 1);
    await aWhile();
    expect({ orders: orders.asked, prices: prices.asked }).toEqual({ orders: 1, prices: 0 });
  });

  test('does not end what it changes', async () => {
    await start();
    const { hangUp } = ask('mutation { order { id price } }');
    await until(() => orders.asked === 1);
    hangUp();
    await aWhile();
    orders.answer();
    await until(() => prices.asked === 1);
    expect(orders.cut).toBe(0);
  });

  test('does not keep others from the same answer', async () => {
    await start(kept);
    const first = ask(query);
    await until(() => orders.asked === 1);
    const second = ask(query);
    await aWhile();
    first.hangUp();
    await aWhile();
    orders.answer();
    await expect(second.answer).resolves.toEqual({ orders: [{ id: '1', price: 5 }] });
    expect({ orders: orders.asked, cut: orders.cut, prices: prices.asked }).toEqual({ orders: 1, cut: 0, prices: 1 });
  });

  test('whose answer would be kept gets no further hop; the next one who asks gets all of it', async () => {
    await start(kept);
    const first = ask(query);
    await until(() => orders.asked === 1);
    first.hangUp();
    await aWhile();
    orders.answer();
    await aWhile();
    expect(prices.asked).toBe(0);
    const second = ask(query);
    await until(() => orders.asked === 2 || prices.asked === 1);
    orders.answer();
    await expect(second.answer).resolves.toEqual({ orders: [{ id: '1', price: 5 }] });
  });

  test('says nothing about the health of a subgraph', async () => {
    await start({ resilience: { restMs: 60_000 } });
    for (let i = 0; i < 20; i++) {
      const { hangUp } = ask(query);
      await until(() => orders.asked === i + 1);
      hangUp();
      await until(() => orders.cut === i + 1);
    }
    const { answer } = ask(query);
    await until(() => orders.asked === 21);
    orders.answer();
    await expect(answer).resolves.toEqual({ orders: [{ id: '1', price: 5 }] });
  });
});

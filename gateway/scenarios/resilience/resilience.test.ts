import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterEach, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { GatewayOptions } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, type ServedToy, serve, startToys, toy } from '../toys.ts';

const orders = toy('orders', 'type Query { orders: [Order!] } type Order @key(fields: "id") { id: ID! }', {
  Query: { orders: () => [{ id: '1' }, { id: '2' }] },
});
const prices =
  'type Query { cheapest: Int } type Mutation { set(input: SetInput): Int } input SetInput { to: Int idempotencyKey: String } type Order @key(fields: "id") { id: ID! price: Int }';

type Behaviour = (body: { query: string }, res: http.ServerResponse) => void;

/** A price service that behaves as told, call by call. */
async function unreliable(behaviours: Behaviour[]): Promise<{ url: string; calls: () => number; close(): void }> {
  let calls = 0;
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const behave = behaviours[Math.min(calls++, behaviours.length - 1)] as Behaviour;
    behave(JSON.parse(Buffer.concat(chunks).toString()), res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls: () => calls,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const good: Behaviour = ({ query }, res) => {
  const data = query.includes('_entities')
    ? { e0: [{ price: 5 }, { price: 6 }] }
    : query.includes('set')
      ? { set: 1 }
      : { cheapest: 5 };
  res.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
};
const hangUp: Behaviour = (_, res) => void res.destroy();
const silent: Behaviour = () => {};
const nonsense: Behaviour = (_, res) => void res.writeHead(502).end('<html>Bad gateway</html>');

let running: { gateway: RunningGateway; service: Awaited<ReturnType<typeof unreliable>>; served: ServedToy } | null =
  null;
afterEach(async () => {
  await running?.gateway.close(0);
  running?.service.close();
  running?.served.close();
});

async function start(behaviours: Behaviour[], options: Partial<GatewayOptions> = {}) {
  const [served, service] = [await serve(orders), await unreliable(behaviours)];
  const { supergraphSdl } = composeServices([
    { name: 'orders', url: served.url, typeDefs: parse(orders.sdl) },
    { name: 'prices', url: service.url, typeDefs: parse(toy('prices', prices, {}).sdl) },
  ]);
  const gateway = await startToys([], { supergraph: supergraphSdl as string, ...options });
  running = { gateway, service, served };
  return running;
}

const query = '{ orders { id price } }';

test.each(['{"data":"x"}', '{"data":null}', '{"data":null,"errors":[]}', '{"data":{},"errors":"x"}'])(
  'what is no GraphQL answer is reported as a fault of its subgraph: %s',
  async (text) => {
    const { gateway, service } = await start([(_, res) => void res.end(text)]);
    const { body } = await post(gateway.url, { query: '{ cheapest }' });
    expect(body.data).toEqual({ cheapest: null });
    expect(body.errors).toMatchObject([
      { path: ['cheapest'], extensions: { code: 'INVALID_SUBGRAPH_ANSWER', subgraph: 'prices', category: 'FAULT' } },
    ]);
    expect(service.calls()).toBe(1);
  },
);

test.each([
  [2147483647, true],
  [2147483648, false],
  [-2147483648, true],
  [-2147483649, false],
  [1.5, false],
])('whether %d is an Int: %s', async (value, isInt) => {
  const { gateway } = await start([(_, res) => void res.end(JSON.stringify({ data: { cheapest: value } }))]);
  const { body } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.data).toEqual({ cheapest: isInt ? value : null });
  expect(body.errors?.[0].extensions.code).toBe(isInt ? undefined : 'INVALID_SUBGRAPH_ANSWER');
});

test('of an error of a subgraph strangers see what each error has, and nothing of how it is made', async () => {
  const fields = [{ path: 'to', code: 'TOO_BIG', message: 'Too big.', sql: 'select' }, { path: 1 }, null];
  const extensions = {
    code: 'BAD_USER_INPUT',
    category: 'SECRET',
    retryable: true,
    fields,
    stack: 'at',
    sql: 'select',
    debug: 1,
  };
  const errors = [{ message: { text: 'odd' }, path: ['cheapest'], extensions, locations: 'here' }];
  const { gateway } = await start([(_, res) => void res.end(JSON.stringify({ data: { cheapest: null }, errors }))], {
    redactErrors: true,
  });
  const { body, headers } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.errors).toEqual([
    {
      message: 'The subgraph does not say what failed.',
      path: ['cheapest'],
      extensions: {
        code: 'BAD_USER_INPUT',
        category: 'USER',
        retryable: true,
        requestId: headers.get('x-request-id'),
        path: ['cheapest'],
        fields: [{ path: 'to', code: 'TOO_BIG', message: 'Too big.' }],
      },
    },
  ]);
});

test("what a subgraph of Apollo's server has thrown is a fault, and hidden from strangers as one", async () => {
  const errors = [{ message: 'connect ECONNREFUSED 10.1.2.3', path: ['cheapest'] }].map((error) => ({
    ...error,
    extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['Error: connect ECONNREFUSED 10.1.2.3'] },
  }));
  const answer = JSON.stringify({ data: { cheapest: null }, errors });
  const { gateway } = await start([(_, res) => void res.end(answer)], { redactErrors: true });
  const { body } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.errors).toMatchObject([{ path: ['cheapest'], extensions: { code: 'INTERNAL', category: 'FAULT' } }]);
  expect(JSON.stringify(body)).not.toContain('10.1.2.3');
});

test('an answer that comes byte by byte is given up when the time of a call is over', async () => {
  const drip: Behaviour = (_, res) => {
    const timer = setInterval(() => res.write(' '), 50);
    res.once('close', () => clearInterval(timer));
  };
  const { gateway } = await start([drip], { limits: { subgraphTimeoutMs: 300 } });
  const startedAt = Date.now();
  const { body } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.errors).toMatchObject([{ path: ['cheapest'], extensions: { code: 'TIMEOUT', subgraph: 'prices' } }]);
  expect(Date.now() - startedAt).toBeLessThan(3_000);
});

test('an answer that is too large is given up before all of it has come', async () => {
  const flood: Behaviour = (_, res) => {
    const timer = setInterval(() => res.write(' '.repeat(1_000)), 5);
    res.once('close', () => clearInterval(timer));
  };
  const { gateway } = await start([flood], { limits: { subgraphAnswerBytes: 10_000 } });
  const { body } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.errors).toMatchObject([{ extensions: { code: 'INVALID_SUBGRAPH_ANSWER', subgraph: 'prices' } }]);
  expect(body.errors[0].message).toContain('10000 bytes');
});

test('a dead subgraph costs its own fields, and says so once', async () => {
  const { gateway, service } = await start([good]);
  service.close();
  const { body } = await post(gateway.url, { query });
  expect(body.data).toEqual({
    orders: [
      { id: '1', price: null },
      { id: '2', price: null },
    ],
  });
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({
    path: ['orders', 0],
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'prices', retryable: true },
  });
  expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');
});

test('a read that did not get through is tried again', async () => {
  const { gateway, service } = await start([hangUp, nonsense, good]);
  const { body } = await post(gateway.url, { query });
  expect(body.errors).toBeUndefined();
  expect(body.data.orders[1].price).toBe(6);
  expect(service.calls()).toBe(3);
});

test('tries beyond the first are a fifth of the calls at most, and a few to begin with', async () => {
  const seen = new Set<string>();
  const atSecond: Behaviour = ({ query }, res) => {
    if (seen.has(query)) res.setHeader('content-type', 'application/json').end('{"data":{}}');
    else res.destroy();
    seen.add(query);
  };
  const { gateway, service } = await start([atSecond], { resilience: { breakAt: 0.9 } });
  for (let i = 0; i < 100; i++) await post(gateway.url, { query: `{ a${i}: cheapest }` });
  expect(seen.size).toBe(100);
  expect(service.calls()).toBeGreaterThan(120);
  expect(service.calls()).toBeLessThanOrEqual(100 + 20 + 20);
});

test('a write is never sent twice', async () => {
  const { gateway, service } = await start([hangUp, good]);
  const { body } = await post(gateway.url, { query: 'mutation { set }' });
  expect(body.errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
  expect(service.calls()).toBe(1);
});

test('unless it carries an idempotency key, by which the subgraph knows it again', async () => {
  const { gateway, service } = await start([hangUp, good]);
  const query = 'mutation ($input: SetInput) { set(input: $input) }';
  const { body } = await post(gateway.url, { query, variables: { input: { to: 1, idempotencyKey: 'k1' } } });
  expect(body.data).toEqual({ set: 1 });
  expect(service.calls()).toBe(2);
  const without = await start([hangUp, good]);
  await post(without.gateway.url, { query, variables: { input: { to: 1, idempotencyKey: '' } } });
  expect(without.service.calls()).toBe(1);
});

test('one subgraph may have less time than the others', async () => {
  const { gateway } = await start([silent], { subgraphs: { prices: { timeoutMs: 200 } } });
  const { body } = await post(gateway.url, { query });
  expect(body.errors[0].extensions.code).toBe('TIMEOUT');
});

test('a subgraph that does not answer is given up after its time, and not tried again', async () => {
  const { gateway, service } = await start([silent], { limits: { subgraphTimeoutMs: 300 } });
  const { body } = await post(gateway.url, { query });
  expect(body.data.orders).toHaveLength(2);
  expect(body.errors[0].extensions).toMatchObject({ code: 'TIMEOUT', retryable: true });
  expect(service.calls()).toBe(1);
});

test('a subgraph that keeps failing is left alone, then tried again and taken back', async () => {
  let isUp = false;
  const { gateway, service } = await start([(body, res) => (isUp ? good : hangUp)(body, res)], {
    resilience: { retries: 0, restMs: 300 },
  });
  for (let i = 0; i < 30; i++) await post(gateway.url, { query: '{ cheapest }' });
  const callsWhenOpen = service.calls();
  expect(callsWhenOpen).toBeLessThan(30);
  const { body } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
  expect(service.calls()).toBe(callsWhenOpen);
  const metrics = await (await fetch(gateway.url.replace('/graphql', '/metrics'))).text();
  expect(metrics).toContain('gateway_breaker_open{subgraph="prices"} 1');
  isUp = true;
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect((await post(gateway.url, { query: '{ cheapest }' })).body.data).toEqual({ cheapest: 5 });
});

test('while one call finds out whether a subgraph is back, nobody else waits for it', async () => {
  let behaviour: Behaviour = hangUp;
  const { gateway, service } = await start([(body, res) => behaviour(body, res)], {
    resilience: { retries: 0, restMs: 300 },
    limits: { subgraphTimeoutMs: 2_000 },
  });
  for (let i = 0; i < 30; i++) await post(gateway.url, { query: '{ cheapest }' });
  behaviour = silent;
  await new Promise((resolve) => setTimeout(resolve, 350));
  const calls = service.calls();
  const probe = post(gateway.url, { query: '{ a: cheapest }' });
  await expect.poll(() => service.calls()).toBe(calls + 1);
  const isDone = vi.fn();
  void probe.then(isDone);
  const { body } = await post(gateway.url, { query: '{ b: cheapest }' });
  expect(body.errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
  expect(isDone).not.toHaveBeenCalled();
  expect((await probe).body.errors[0].extensions.code).toBe('TIMEOUT');
});

test('what took long to fail is not tried again', async () => {
  const slowly: Behaviour = (_, res) => void setTimeout(() => res.destroy(), 2_200);
  const { gateway, service } = await start([slowly, good]);
  const { body } = await post(gateway.url, { query: '{ cheapest }' });
  expect(body.errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
  expect(service.calls()).toBe(1);
});

test('more calls than a subgraph may have at once wait, and those beyond are refused', async () => {
  const { gateway } = await start([silent], {
    limits: { subgraphTimeoutMs: 400 },
    resilience: { concurrent: 2, waiting: 1, retries: 0 },
  });
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(gateway.url, { query: '{ cheapest }' })));
  const metrics = await (await fetch(gateway.url.replace('/graphql', '/metrics'))).text();
  expect(metrics).toContain('gateway_subgraph_calls{subgraph="prices",state="running"} 0');
  const codes = answers.map(({ body }) => body.errors[0].extensions.code);
  expect(codes.filter((code) => code === 'OVERLOADED')).toHaveLength(3);
});

test('beyond its limit the gateway refuses at once, and takes requests again as soon as there is room', async () => {
  const { gateway } = await start([silent, good], { limits: { subgraphTimeoutMs: 300, concurrent: 1 } });
  const slow = post(gateway.url, { query: '{ cheapest }' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const refused = await post(gateway.url, { query: '{ cheapest }' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(refused.body.errors[0].extensions).toMatchObject({ code: 'OVERLOADED', retryable: true });
  await slow;
  expect((await post(gateway.url, { query: '{ cheapest }' })).body.data).toEqual({ cheapest: 5 });
});

test('what is asked over a WebSocket counts as well', async () => {
  const { gateway } = await start([silent, good], { limits: { subgraphTimeoutMs: 300, concurrent: 1 } });
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  const ask = () => client.iterate({ query: '{ cheapest }' }).next();
  const slow = ask();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await post(gateway.url, { query: '{ cheapest }' })).status).toBe(503);
  await expect(ask()).rejects.toMatchObject([{ extensions: { code: 'OVERLOADED', retryable: true } }]);
  await slow;
  expect((await ask()).value).toMatchObject({ data: { cheapest: 5 } });
  await client.dispose();
});

test('a gateway that stops lets requests under way finish and tells the load balancer', async () => {
  const { gateway } = await start([(body, res) => void setTimeout(() => good(body, res), 300)]);
  const underWay = post(gateway.url, { query: '{ cheapest }' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = gateway.close(5_000);
  expect((await underWay).body.data).toEqual({ cheapest: 5 });
  await closed;
  await expect(post(gateway.url, { query: '{ cheapest }' })).rejects.toThrow();
});

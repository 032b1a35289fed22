import { spawn } from 'node:child_process';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';
import { createClient } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller, GatewayOptions } from '../../options.ts';
import { startTracing } from '../../report/tracing.ts';
import { post, startServed, startToys, toy } from '../toys.ts';
import { openSink } from './sink.ts';

const orders = toy('orders', 'type Query { orders: [Order!] slow: Int } type Order @key(fields: "id") { id: ID! }', {
  Query: {
    orders: () => [{ id: '1' }],
    slow: () => new Promise((resolve) => setTimeout(() => resolve(1), 60)),
  },
});
const prices = toy('prices', 'type Order @key(fields: "id") { id: ID! price: Int wrong: Int }', {
  Order: {
    price: () => 5,
    wrong: () => {
      throw new Error('no');
    },
  },
});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function start(options: Partial<GatewayOptions> = {}) {
  const gateway = await startToys([orders, prices], options);
  cleanups.push(() => gateway.close(0));
  return gateway;
}

async function outputOf(program: string): Promise<string> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, program)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

test('a trace leads from the request over its steps to each subgraph, goes on from the caller and over HTTP', async () => {
  const sink = await openSink();
  cleanups.push(sink.close);
  const flush = await startTracing('gateway', sink.url);
  const { gateway, served, close } = await startServed([orders, prices]);
  cleanups.push(close);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  await post(gateway.url, { query: 'query Prices { orders { price } }' }, { traceparent });
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  await client.iterate({ query: 'query Prices { orders { price } }' }).next();
  await client.dispose();
  await flush();
  const all = sink.received
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => JSON.parse(body.toString()).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans as Span[]);
  const spans = all.filter((span) => span.traceId === traceId);
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [request] = named('graphql');
  const [execute] = named('execute');
  expect(request?.parentSpanId).toBe('b7ad6b7169203331');
  expect(named('prepare')[0]?.parentSpanId).toBe(request?.spanId);
  expect(execute?.parentSpanId).toBe(request?.spanId);
  const fetches = named('subgraph');
  expect(fetches.map(({ parentSpanId }) => parentSpanId)).toEqual([execute?.spanId, execute?.spanId]);
  const sent = served.map(({ requests }) => requests.at(-1)?.headers.traceparent);
  const first = served.map(({ requests }) => requests.at(0)?.headers.traceparent);
  expect(first.sort()).toEqual(fetches.map(({ spanId }) => `00-${traceId}-${spanId}-01`).sort());
  // What was asked over the WebSocket has a trace of its own.
  const [own] = all.filter((span) => span.name === 'graphql' && span.traceId !== traceId);
  const steps = all.filter((span) => span.parentSpanId === own?.spanId);
  expect(steps.map(({ name }) => name).sort()).toEqual(['execute', 'prepare']);
  const last = all.filter((span) => span.traceId === own?.traceId && span.name === 'subgraph');
  expect(sent.sort()).toEqual(last.map(({ spanId }) => `00-${own?.traceId}-${spanId}-01`).sort());
});

test('a gateway that is not told where traces go does not load what sends them', async () => {
  const loaded = await outputOf('loaded.ts');
  expect(loaded).toContain('@opentelemetry/api');
  expect(loaded).not.toContain('sdk-trace-base');
}, 60_000);

describe('metrics', () => {
  test('count every operation by name, also those of a batch, with cost and subgraphs', async () => {
    const { url } = await start();
    await post(url, [{ query: 'query One { orders { id } }' }, { query: 'query Two { orders { price } }' }]);
    await post(url, { query: 'query Bad { nothing }' });
    const text = await (await fetch(url.replace('/graphql', '/metrics'))).text();
    expect(text).toContain('gateway_request_seconds_count{operation="One",outcome="ok"} 1');
    expect(text).toContain('gateway_request_seconds_count{operation="Two",outcome="ok"} 1');
    expect(text).toContain('gateway_refused_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
    expect(text).toContain('gateway_cost_total{operation="One",kind="actual"} 1');
    expect(text).toContain('gateway_subgraph_seconds_count{subgraph="prices",outcome="ok"} 1');
    expect(text).toContain('gateway_requests_under_way 0');
  });

  test('count who is not let in', async () => {
    const { url } = await start({ identity: { jwks: () => ({ keys: [] }) } });
    expect((await post(url, { query: '{ slow }' }, { authorization: 'Bearer x' })).status).toBe(401);
    expect((await post(url, { query: '{ slow }' }, { cookie: 'valeo_access=x' })).status).toBe(403);
    const text = await (await fetch(url.replace('/graphql', '/metrics'))).text();
    expect(text).toContain('gateway_refused_total{code="UNAUTHENTICATED"} 1');
    expect(text).toContain('gateway_refused_total{code="CSRF_REJECTED"} 1');
  });
});

test('a slow operation is logged with its plan and its cost, without its variables', async () => {
  const output = await outputOf('slow.ts');
  const line = output.split('\n').find((one) => one.includes('slow operation'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    operation: 'Slow',
    requestId: 'the-request',
    cost: { requested: 0, actual: 0 },
    plan: expect.stringContaining('Fetch(service: "shop")'),
  });
  expect(output).not.toContain('secret');
}, 60_000);

test('a stranger does not choose how long a line of the log is', async () => {
  const line = (await outputOf('slow.ts')).split('\n').find((one) => one.includes('the-long-request')) ?? '';
  expect(JSON.parse(line)).toMatchObject({ operation: 'Long'.repeat(25) });
  expect(line.length).toBeLessThan(25_000);
}, 60_000);

test('a cause that callers are not told stands in the log under the id that they are told', async () => {
  const output = await outputOf('slow.ts');
  const lines = output.split('\n').filter((one) => one.includes('operation failed'));
  const places = [
    ['the-broken-request', ['broken']],
    ['the-broken-news', ['news', 'broken']],
    ['the-broken-closed', ['closed']],
  ];
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(
    places.map(([requestId, path]) => ({
      requestId,
      faults: [{ message: 'the disk is full', path }],
      err: { stack: expect.stringContaining('slow.ts') },
    })),
  );
  expect(output).toContain('answered Something failed on our side. The request id leads to the cause.');
  expect(output.match(/streamed Something failed on our side/g)).toHaveLength(2);
}, 60_000);

describe('the query plan', () => {
  const ask = async (url: string, headers: Record<string, string> = {}) =>
    (await post(url, { query: '{ orders { price } }' }, { 'apollo-expose-query-plan': 'true', ...headers })).body
      .extensions.apolloQueryPlan?.text;

  test('is shown to everybody where everybody may see everything', async () => {
    expect(await ask((await start()).url)).toContain('Fetch(service: "prices")');
  });

  test('comes with a dry run as well, and only when asked for', async () => {
    const { url } = await start();
    expect(await ask(url, { 'x-cost-only': 'true' })).toContain('Fetch(service: "orders")');
    expect((await post(url, { query: '{ orders { id } }' })).body.extensions.apolloQueryPlan).toBeUndefined();
  });

  test('is shown to nobody else without the right to it', async () => {
    const manager = {
      tenantId: 't',
      userId: 'u',
      clientId: null,
      sessionId: null,
      locale: 'en',
      budget: null,
    } as const;
    const keys: Record<string, Caller> = {
      manager: { ...manager, permissions: ['company:manage'] },
      clerk: { ...manager, permissions: [] },
    };
    const { url } = await start({
      identity: { jwks: () => ({ keys: [] }), resolveApiKey: async (key) => keys[key] ?? null },
      mayExplain: (caller) => caller?.permissions.includes('company:manage') ?? false,
    });
    expect(await ask(url)).toBeUndefined();
    expect(await ask(url, { 'x-api-key': 'clerk' })).toBeUndefined();
    expect(await ask(url, { 'x-api-key': 'manager' })).toContain('Fetch');
  });
});

describe('usage reports to Studio', () => {
  test('say how often each client asked what, how fast and with which errors, without any value', async () => {
    const sink = await openSink();
    cleanups.push(sink.close);
    const gateway = await start({
      studio: { key: 'service:toys:secret', graphRef: 'toys@current', endpoint: sink.url, everyMs: 60_000 },
    });
    const client = { 'apollographql-client-name': 'shop', 'apollographql-client-version': '7' };
    const query = 'query Prices { mine: orders { id price } }';
    await post(gateway.url, { query }, client);
    await post(gateway.url, { query }, client);
    await post(gateway.url, { query: '{ orders { wrong } }' });
    await post(gateway.url, { query: '{ __schema { queryType { name } } }' });
    await gateway.close(0);
    const [sent] = sink.received;
    expect(sent).toMatchObject({
      path: '/api/ingress/traces',
      headers: { 'x-api-key': 'service:toys:secret', 'content-encoding': 'gzip' },
    });
    const report = Report.toObject(Report.decode(gunzipSync(sent?.body ?? '')), { defaults: true });
    expect(report.header).toMatchObject({ graphRef: 'toys@current' });
    expect(report.operationCount).toBe(3);
    const key = '# Prices\nquery Prices{orders{id price}}';
    expect(Object.keys(report.tracesPerQuery)).toEqual([key, '# -\n{orders{wrong}}']);
    const { statsWithContext, referencedFieldsByType } = report.tracesPerQuery[key];
    expect(referencedFieldsByType.Order.fieldNames).toEqual(['id', 'price']);
    expect(statsWithContext).toHaveLength(1);
    expect(statsWithContext[0]).toMatchObject({
      context: { clientName: 'shop', clientVersion: '7' },
      queryLatencyStats: { requestCount: 2, requestsWithErrorsCount: 0 },
    });
    const counts = statsWithContext[0].queryLatencyStats.latencyCount.filter((n: number) => n > 0);
    expect(counts.reduce((a: number, b: number) => a + b)).toBe(2);
    const failed = report.tracesPerQuery['# -\n{orders{wrong}}'].statsWithContext[0].queryLatencyStats;
    expect(failed).toMatchObject({ requestsWithErrorsCount: 1 });
    expect(failed.rootErrorStats.children.orders.children.wrong).toMatchObject({
      errorsCount: 1,
      requestsWithErrorsCount: 1,
    });
  });

  test('that do not get through disturb nobody', async () => {
    const sink = await openSink(() => 500);
    cleanups.push(sink.close);
    const gateway = await start({ studio: { key: 'k', graphRef: 'g@v', endpoint: sink.url, everyMs: 60_000 } });
    expect((await post(gateway.url, { query: '{ orders { id } }' })).status).toBe(200);
    await gateway.close(0);
    expect(sink.received).toHaveLength(3);
  });
});

import type { AddressInfo } from 'node:net';
import { mayReadMetrics } from '@valeo/gateway/http/metrics-access.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { signCaller } from '@valeo/kit/caller.ts';
import { serveSubgraph } from '@valeo/kit/serve.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { afterAll, expect, test } from 'vitest';

const { one, two, services, subgraphs, pubsub } = await twoTenants(inventory);
const [subgraph] = subgraphs;
if (!subgraph) throw new Error('No subgraph was opened');
const secret = 'shared by gateway and subgraph';
const metricsToken = 'a-long-enough-token';
const server = await serveSubgraph({
  subgraph,
  database: services.database,
  secret,
  host: '127.0.0.1',
  port: 0,
  mayReadMetrics: (request) => mayReadMetrics(request, metricsToken),
});
afterAll(() => server.close());
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const post = (query: string, header: string, variables = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-valeo-caller': header },
    body: JSON.stringify({ query, variables }),
  });
const CREATE = 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id sku } } }';

test('a signed caller is served for its own company', async () => {
  await post(CREATE, signCaller(one, secret), { input: { sku: 'H1', name: 'Over HTTP' } });
  const count = async (caller: typeof one) =>
    (await (await post('{ articles { totalCount } }', signCaller(caller, secret))).json()) as {
      data: { articles: { totalCount: number } };
    };
  expect((await count(one)).data.articles.totalCount).toBe(1);
  expect((await count(two)).data.articles.totalCount).toBe(0);
});

test('a call without a signature, with a forged or an old one is refused', async () => {
  const statusOf = async (header: string) => (await post('{ articles { totalCount } }', header)).status;
  for (const header of ['', 'e30.e30', signCaller(one, 'another secret')]) expect(await statusOf(header)).toBe(401);
  // Two clocks that differ are no fault of the caller.
  expect(await statusOf(signCaller(one, secret, Date.now() - 120_000))).toBe(500);
});

test('a stranger is a caller too, and may do what strangers may', async () => {
  const answer = (await (await post('{ articles { totalCount } }', signCaller(null, secret))).json()) as {
    errors: { extensions: { code: string } }[];
  };
  expect(answer.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('what cannot be read is refused with 400', async () => {
  expect((await post('{ articles {', signCaller(one, secret))).status).toBe(400);
  expect((await post('{ nothing }', signCaller(one, secret))).status).toBe(400);
});

test('a value that does not fit its type is the mistake of the caller', async () => {
  const response = await post(CREATE, signCaller(one, secret), { input: { sku: 'P', name: 'Price', price: '12,5' } });
  expect([response.status, await response.json()]).toEqual([
    400,
    { errors: [{ message: expect.stringContaining('Decimal must be'), extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});

test('a subscription comes as server-sent events', async () => {
  const response = await post('subscription { articlesChanged { sku } }', signCaller(one, secret));
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const { createArticle } = (
    (await (await post(CREATE, signCaller(one, secret), { input: { sku: 'H2', name: 'Live' } })).json()) as {
      data: { createArticle: { article: { id: string } } };
    }
  ).data;
  pubsub.dispatch({
    id: '1',
    tenantId: one.tenantId,
    type: 'inventory.Article',
    op: 'created',
    entityId: createArticle.article.id,
    at: '',
  });
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toContain('"articlesChanged":{"sku":"H2"}');
  await reader?.cancel();
});

test('health and, on this machine, metrics need no caller', async () => {
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('subgraph_calls_total');
});

test('from another machine metrics are there for the token of the operators alone', async () => {
  const asked = (headers: Record<string, string>) =>
    fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.5', ...headers } });
  const stranger = await asked({});
  expect([stranger.status, await stranger.text()]).toEqual([404, expect.not.stringContaining('subgraph_calls_total')]);
  expect((await asked({ authorization: 'Bearer another-long-token' })).status).toBe(404);
  expect((await asked({ authorization: `Bearer ${metricsToken}` })).status).toBe(200);
});

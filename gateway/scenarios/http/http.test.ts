import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

const toys = () => [
  toy('toys', 'type Query { ok: Boolean echo(text: String!): String } type Mutation { touch: Boolean }', {
    Query: { ok: () => true, echo: (_: unknown, { text }: { text: string }) => text },
    Mutation: { touch: () => true },
  }),
];

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys(toys());
});
afterAll(() => gateway.close(0));

const extensionsOf = async (response: Response): Promise<object> =>
  ((await response.json()) as { errors: { extensions: object }[] }).errors[0]?.extensions ?? {};
const origin = (): string => gateway.url.replace('/graphql', '');

describe('GraphQL over HTTP', () => {
  test('every audit of the specification passes, without a warning', async () => {
    const results = await auditServer({ url: gateway.url, fetchFn: fetch });
    const failed = results.filter(({ status }) => status !== 'ok');
    expect(failed.map((one) => `${one.id} ${one.name}: ${'reason' in one ? one.reason : ''}`)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(61);
  });

  test('a mutation over GET is refused and does nothing', async () => {
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent('mutation { touch }')}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await extensionsOf(response)).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      category: 'USER',
    });
  });

  test.each([
    ['broken JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['no operation', '{}', 400, 'BAD_REQUEST'],
    ['a syntax error', { query: '{ ok' }, 200, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 200, 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', { query: 'query ($t: String!) { echo(text: $t) }' }, 200, 'BAD_USER_INPUT'],
    ['an unknown operation name', { query: 'query A { ok }', operationName: 'B' }, 200, 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s is answered with the standard error', async (_, request, status, code) => {
    const { body, headers, status: got } = await post(gateway.url, request);
    expect(got).toBe(status);
    expect(body.errors[0].extensions).toMatchObject({ code, category: 'USER', retryable: false });
    expect(body.errors[0].extensions.requestId).toBe(headers.get('x-request-id'));
  });

  test('a batch is answered in order, and refused when it is too long', async () => {
    const { body } = await post(gateway.url, [
      { query: '{ ok }' },
      { query: '{ nope }' },
      { query: '{ echo(text: "x") }' },
    ]);
    expect(body.map((one: { data?: unknown }) => one.data ?? null)).toEqual([{ ok: true }, null, { echo: 'x' }]);
    expect((await post(gateway.url, Array(11).fill({ query: '{ ok }' }))).body.errors[0].extensions.code).toBe(
      'BATCH_TOO_LARGE',
    );
  });

  test("pages of other origins may ask when they are known, and never with the browser's cookies", async () => {
    const preflight = (from: string) =>
      fetch(gateway.url, { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': 'POST' } });
    const known = await preflight('https://studio.apollographql.com');
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-origin')).toBe('https://studio.apollographql.com');
    expect(known.headers.get('access-control-allow-credentials')).toBeNull();
    const allowed = known.headers.get('access-control-allow-headers')?.split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['authorization', 'if-none-match', 'last-event-id']));
    const stranger = await preflight('https://evil.example');
    expect([stranger.status, stranger.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });

  test.each([
    [405, 'METHOD_NOT_ALLOWED', { method: 'PUT' }],
    [406, 'NOT_ACCEPTABLE', { headers: { accept: 'text/html' } }],
    [415, 'UNSUPPORTED_MEDIA_TYPE', { headers: { 'content-type': 'text/plain' } }],
    [415, 'UNSUPPORTED_MEDIA_TYPE', { headers: { 'content-encoding': 'gzip' } }],
  ])(
    'what is refused with %i has the code %s',
    async (status, code, request: { method?: string; headers?: object }) => {
      const response = await fetch(gateway.url, {
        method: request.method ?? 'POST',
        body: '{"query":"{ ok }"}',
        headers: { 'content-type': 'application/json', ...request.headers },
      });
      expect(response.status).toBe(status);
      expect(await extensionsOf(response)).toMatchObject({ code, category: 'USER', retryable: false });
    },
  );

  test.each([
    ['a byte order mark', '\ufeff{"query":"{ ok }"}'],
    ['an empty operation name', { query: 'query A { ok }', operationName: '' }],
  ])('%s does no harm', async (_, request) => {
    expect((await post(gateway.url, request)).body.data).toEqual({ ok: true });
  });

  test('compressed, oversized and non-UTF-8 bodies are refused before they are read as GraphQL', async () => {
    const send = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
      fetch(gateway.url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
    expect((await send('x', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await send(' '.repeat(200_000))).status).toBe(413);
    expect((await send(new Uint8Array([0x7b, 0xff, 0x7d]))).status).toBe(400);
  });
});

describe('other routes', () => {
  test('health, metrics, schema and explorer answer without sign-in, each with a request id', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/schema.graphql', '/explorer']) {
      const response = await fetch(origin() + path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(await (await fetch(`${origin()}/metrics`)).text()).toContain('gateway_request_seconds');
  });

  test.each(['/health/live', '/health/ready', '/metrics', '/schema.graphql', '/explorer'])(
    '%s is only read',
    async (path) => {
      expect((await fetch(origin() + path, { method: 'HEAD' })).status).toBe(200);
      const refused = await fetch(origin() + path, { method: 'DELETE' });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect(await extensionsOf(refused)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    },
  );

  test("a client's request id is kept when it looks like one", async () => {
    const id = async (given: string) =>
      (await fetch(`${origin()}/health/live`, { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await id('shop-42')).toBe('shop-42');
    expect(await id('<script>')).not.toBe('<script>');
  });

  test('the explorer asks nothing of other servers', async () => {
    const response = await fetch(`${origin()}/explorer`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });

  test('an extra route gets what the gateway does not know; nobody else does', async () => {
    const extra = await startToys(toys(), {
      routes: [
        (req, res, { requestId }) => {
          if (req.url !== '/files') return Promise.resolve(false);
          res.end(JSON.stringify({ requestId }));
          return Promise.resolve(true);
        },
      ],
    });
    const base = extra.url.replace('/graphql', '');
    expect((await fetch(`${base}/files`, { method: 'POST' })).status).toBe(200);
    expect((await fetch(`${base}/nothing`)).status).toBe(404);
    await extra.close(0);
  });

  test('readiness shows each dependency and is 503 until all is there', async () => {
    let ready = false;
    const waiting = await startToys(toys(), {
      ready: () => ({ ready, dependencies: { database: ready ? 'up' : 'starting' } }),
    });
    const url = waiting.url.replace('/graphql', '/health/ready');
    const before = await fetch(url);
    expect([before.status, await before.json()]).toEqual([
      503,
      { ready: false, dependencies: { database: 'starting', supergraph: 'current' } },
    ]);
    ready = true;
    expect((await fetch(url)).status).toBe(200);
    await waiting.close(0);
  });

  test('a gateway that stops says so on new connections for the time of a probe, answers as usual, and closes', async () => {
    const stopping = await startToys(toys(), { stopNoticeMs: 300 });
    const closed = stopping.close(0);
    const probe = await fetch(stopping.url.replace('/graphql', '/health/ready'), { headers: { connection: 'close' } });
    expect([probe.status, await probe.json()]).toEqual([503, { ready: false, dependencies: { gateway: 'stopping' } }]);
    expect((await post(stopping.url, { query: '{ ok }' }, { connection: 'close' })).body.data).toEqual({ ok: true });
    await closed;
    await expect(fetch(stopping.url)).rejects.toThrow();
  });
});

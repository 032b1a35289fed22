import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { today } from '@valeo/kit/day.ts';
import { testDatabase } from '@valeo/kit/testing/database.ts';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { domains } from '../embedded/domains.ts';
import { migrateDatabase } from '../embedded/migrate.ts';

/** The whole product in services mode: one process for each subgraph, a gateway that composes them, and a worker. */

const { ownerUrl } = await testDatabase({ template: 'empty' });
// The role of the application is one for the whole cluster, so its password is that of the test run.
const databaseUrl = await migrateDatabase(ownerUrl, 'secret of the test run');
const folder = mkdtempSync(join(tmpdir(), 'valeo-services-'));
const children: ChildProcess[] = [];
const spans: { name: string; traceId: string; attributes: { key: string; value: { stringValue?: string } }[] }[] = [];
let collector: Server;
let graphUrl: string;
let output = '';

beforeAll(async () => {
  collector = createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    for (const { scopeSpans } of JSON.parse(text).resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    res.end('{}');
  }).listen(0, '127.0.0.1');
  const ports = await Promise.all([...domains, 'gateway', 'web'].map(freePort));
  const portOf = new Map(domains.map(({ name }, index) => [name, ports[index] as number]));
  const [gatewayPort, webPort] = ports.slice(-2) as [number, number];
  graphUrl = `http://127.0.0.1:${gatewayPort}/graphql`;
  const env = {
    PATH: process.env.PATH,
    // Set to try the same with events, budgets and cache in Redis.
    REDIS_URL: process.env.REDIS_URL,
    DATABASE_URL: databaseUrl,
    VALEO_SECRET: 'secret of the services under test, long enough',
    VALEO_DATA_DIR: folder,
    PORT: String(webPort),
    APOLLO_TELEMETRY_DISABLED: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    SUBGRAPH_URLS: [...portOf].map(([name, port]) => `${name}=http://127.0.0.1:${port}/graphql`).join(','),
  };
  const run = (file: string, args: string[], port: number): void => {
    const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
      env: { ...env, GATEWAY_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    children.push(child);
  };
  for (const [name, port] of portOf) run('subgraph.ts', [name], port);
  run('gateway.ts', [], gatewayPort);
  run('../embedded/worker.ts', [], 1);
  const readyUrl = graphUrl.replace('/graphql', '/health/ready');
  const until = Date.now() + 90_000;
  for (;;) {
    const isUp = await fetch(readyUrl).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isUp) break;
    if (Date.now() > until) throw new Error(`The gateway did not get ready:\n${output}`);
    await sleep(200);
  }
}, 120_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
  collector.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send(query: string, variables: object, headers: Record<string, string>): Promise<Response> {
  return fetch(graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

test('signs up, lists, posts an invoice with its journal entry, and tells who watches', async () => {
  let headers: Record<string, string> = {};
  const ask = async (query: string, variables: object = {}) => {
    const { data, errors } = (await (await send(query, variables, headers)).json()) as { data: any; errors?: object[] };
    if (errors) throw new Error(`${JSON.stringify(errors)}\n${output.slice(-3_000)}`);
    return data;
  };
  const mutate = async (name: string, input: object, selection: string) => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const payload = (await ask(`mutation ($input: ${type}!) { ${name}(input: $input) ${selection} }`, { input }))[name];
    if (payload.error) throw new Error(`${name}: ${JSON.stringify(payload.error)}`);
    return payload;
  };
  const email = `${randomUUID()}@valeo.example`;
  const password = randomUUID();
  const account = { companyName: 'Verteilt GmbH', email, password, locale: 'de' };
  await mutate('signUp', account, '{ accessToken error { code } }');

  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken error { code } } }';
  const response = await send(signIn, { input: { email, password } }, { 'x-valeo-client': 'test' });
  const cookies = response.headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['valeo_access', 'valeo_refresh']);
  expect(cookies.every((cookie) => /HttpOnly/.test(cookie) && /SameSite=Lax/.test(cookie))).toBe(true);
  const signedIn = (await response.json()) as { data: { signIn: { accessToken: string } } };
  const { accessToken } = signedIn.data.signIn;

  // The refresh cookie reaches the subgraph that knows it, and the new ones come back.
  const renewed = await send(
    'mutation { refreshSession(input: {}) { accessToken error { code } } }',
    {},
    {
      cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; '),
      'x-valeo-client': 'test',
      'sec-fetch-site': 'same-origin',
    },
  );
  expect(await renewed.json()).toMatchObject({ data: { refreshSession: { error: null } } });
  expect(renewed.headers.getSetCookie()).toHaveLength(2);

  headers = { authorization: `Bearer ${accessToken}` };
  const key = () => randomUUID();
  const { businessPartner } = await mutate(
    'createBusinessPartner',
    { name: 'Kunde', kinds: ['CUSTOMER'], country: 'DE', idempotencyKey: key() },
    '{ businessPartner { id } error { message } }',
  );
  const { article } = await mutate(
    'createArticle',
    { sku: 'A1', name: 'Artikel', unit: 'C62', price: '10.00', taxCode: 'U19', idempotencyKey: key() },
    '{ article { id } error { message fields { path message } } }',
  );
  const { salesInvoice: draft } = await mutate(
    'createSalesInvoice',
    {
      customerId: businessPartner.id,
      suppliedOn: today(),
      lines: [{ articleId: article.id, quantity: '2', unitPrice: '10.00', taxCode: 'U19' }],
      idempotencyKey: key(),
    },
    '{ salesInvoice { id } error { message fields { path message } } }',
  );

  const stopped = new AbortController();
  const events = await fetch(graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({
      query: 'subscription ($id: ID!) { salesInvoiceChanged(id: $id) { status customer { name } } }',
      variables: { id: draft.id },
    }),
    signal: stopped.signal,
  });
  const reader = (events.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();

  const { salesInvoice } = await mutate(
    'postSalesInvoice',
    { id: draft.id, idempotencyKey: key() },
    `{ salesInvoice { status number gross { amount } customer { name } openAmount { amount }
       lines { article { sku } } journalEntry { number lines { account { number } debit { amount } } } } error { message } }`,
  );
  expect(salesInvoice).toMatchObject({
    status: 'POSTED',
    gross: { amount: '23.80' },
    customer: { name: 'Kunde' },
    openAmount: { amount: '23.80' },
    lines: [{ article: { sku: 'A1' } }],
  });
  expect(salesInvoice.journalEntry.lines.length).toBeGreaterThan(1);

  let seen = '';
  while (!seen.includes('POSTED')) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The subscription ended: ${seen}`);
    seen += value;
  }
  expect(seen).toContain('"customer":{"name":"Kunde"}');
  stopped.abort();

  const list = await ask('{ salesInvoices(first: 10) { totalCount edges { node { number customer { name } } } } }');
  expect(list.salesInvoices).toMatchObject({ totalCount: 1, edges: [{ node: { customer: { name: 'Kunde' } } }] });
}, 90_000);

test('a trace leads from the request through every subgraph to the statements', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const email = `${randomUUID()}@valeo.example`;
  const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken } }';
  const account = { companyName: 'Spur GmbH', email, password: randomUUID(), locale: 'de' };
  const signedUp = await send(signUp, { input: account }, {});
  const { data } = (await signedUp.json()) as { data: { signUp: { accessToken: string } } };
  await send(
    '{ salesInvoices(first: 1) { totalCount } }',
    {},
    { authorization: `Bearer ${data.signUp.accessToken}`, traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  );
  const found = () => spans.filter((span) => span.traceId === traceId);
  await expect
    .poll(() => found().map(({ name }) => name), { timeout: 10_000 })
    .toEqual(
      expect.arrayContaining(['graphql', 'identify', 'prepare', 'execute', 'subgraph', 'sales', 'SELECT', 'COMMIT']),
    );
  const statements = found().flatMap(({ attributes }) =>
    attributes.filter(({ key }) => key === 'db.query.text').map(({ value }) => value.stringValue ?? ''),
  );
  expect(statements.some((text) => /begin read only/i.test(text))).toBe(true);
  // What is written into statements belongs to our users.
  expect(statements.join()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
}, 60_000);

test('work in the background has traces of its own, down to its statements', async () => {
  const done = () => spans.filter(({ name }) => name === 'consume').map(({ traceId }) => traceId);
  const namesOf = (traceId: string) => spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
  // Whoever signs up gets books, which the worker sets up.
  await expect
    .poll(() => done().map(namesOf), { timeout: 20_000 })
    .toContainEqual(expect.arrayContaining(['consume', 'INSERT', 'COMMIT']));
}, 60_000);

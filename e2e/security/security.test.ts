import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { DEMO, Graph, origin, signedIn } from '../graph.ts';

const web = (path: string) => new URL(path, inject('installation').webUrl).href;
let cookie: string;

beforeAll(async () => {
  const { headers } = await new Graph().send(
    'mutation ($input: SignInInput!) { signIn(input: $input) { error { code } } }',
    { input: { email: DEMO.auditor, password: DEMO.password } },
  );
  cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
});

const VIEWER = '{ viewer { email } }';
const withCookie = (headers: Record<string, string>) => new Graph({ cookie, ...headers }).send(VIEWER);

describe('a request with a cookie', () => {
  test('from our own pages is answered', async () => {
    const { data } = await withCookie({ 'x-valeo-client': 'web', 'sec-fetch-site': 'same-origin' });
    expect(data.viewer.email).toBe(DEMO.auditor);
  });

  test.each([
    ['without the header of our client', { 'sec-fetch-site': 'same-origin' }],
    ['from another site', { 'x-valeo-client': 'web', 'sec-fetch-site': 'cross-site' }],
    ['from another origin', { 'x-valeo-client': 'web', origin: 'https://evil.example' }],
  ])('%s is refused', async (_, headers) => {
    const { data, errors } = await withCookie(headers as unknown as Record<string, string>);
    expect(data?.viewer ?? null).toBeNull();
    expect(errors[0]?.extensions.code).toBe('CSRF_REJECTED');
  });
});

describe('a caller cannot be forged', () => {
  const forged = Buffer.from(
    JSON.stringify({ caller: { tenantId: randomUUID(), permissions: ['sales:read'] }, at: Date.now() }),
  ).toString('base64url');
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  const claims = Buffer.from(
    JSON.stringify({
      iss: 'valeo',
      aud: 'valeo-api',
      sub: randomUUID(),
      tid: randomUUID(),
      scope: 'sales:read',
      exp: 4e9,
    }),
  ).toString('base64url');

  test.each([
    ['by the header that subgraphs trust', { 'x-valeo-caller': `${forged}.${forged}` }],
    ['by a token without a signature', { authorization: `Bearer ${none}.${claims}.` }],
    ['by a token of somebody else', { authorization: `Bearer ${none}.${claims}.${forged}` }],
    ['by a made-up key', { 'x-api-key': 'valeo_' + 'a'.repeat(40) }],
    ['by a company in a header', { 'x-tenant-id': randomUUID(), 'x-user-id': randomUUID() }],
  ])('%s', async (_, headers) => {
    const { data, errors } = await new Graph(headers as unknown as Record<string, string>).send(
      '{ salesInvoices(first: 1) { totalCount } }',
    );
    expect(data?.salesInvoices ?? null).toBeNull();
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('hostile input', () => {
  const HOSTILE = [
    `' OR '1'='1`,
    `'; DROP TABLE sales.sales_invoice; --`,
    '\\',
    '%',
    '_',
    '${7*7}',
    '<script>alert(1)</script>',
    '\u202e',
    'a'.repeat(5000),
  ];

  test.each(HOSTILE)('%j is a text like any other', async (text) => {
    const owner = await signedIn();
    const query = `query ($text: String!) { salesInvoices(first: 1, filter: { or: [{ externalNumber: { eq: $text } }, { externalNumber: { contains: $text } }, { externalNumber: { startsWith: $text } }] }) { totalCount } }`;
    const { data, errors } = await owner.send(query, { text });
    expect(errors).toEqual([]);
    expect(data.salesInvoices.totalCount).toBe(0);
  });

  test('the property that all objects have changes nothing', async () => {
    const { data } = await new Graph().send('{ __proto__: __typename constructor: __typename }');
    expect(data === null || data.constructor === 'Query').toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a text with a zero byte is refused, and is no fault of ours', async () => {
    const owner = await signedIn();
    const { errors } = await owner.send(
      'query ($text: String!) { articles(first: 1, filter: { sku: { eq: $text } }) { totalCount } }',
      { text: 'a\u0000b' },
    );
    expect(errors[0]?.extensions.code ?? 'none').not.toBe('INTERNAL');
  });
});

describe('the web server', () => {
  test('tells browsers what not to do', async () => {
    const { headers } = await fetch(web('/sign-in'));
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBeTruthy();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('shows nothing of a company to a stranger', async () => {
    for (const path of ['/', '/sales/invoices', '/finance/journal', '/settings']) {
      const response = await fetch(web(path), { redirect: 'manual' });
      expect([302, 303, 307, 308], path).toContain(response.status);
      expect(response.headers.get('location'), path).toContain('/sign-in');
    }
  });

  test('never puts a password into an address', async () => {
    const html = await (await fetch(web('/sign-in'))).text();
    expect(html).toMatch(/<form[^>]*method="post"/i);
    const response = await fetch(web('/sign-in'), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(web('/')).origin,
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({ email: DEMO.owner, password: 'wrong-secret' }),
    });
    expect(response.headers.get('location') ?? '').not.toContain('wrong-secret');
  });

  test('does not lead to other sites after signing in', async () => {
    const response = await fetch(web('/sign-in?next=https://evil.example/'), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(web('/')).origin,
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({ email: DEMO.auditor, password: DEMO.password, next: 'https://evil.example/' }),
    });
    const location = new URL(response.headers.get('location') ?? '/', web('/'));
    expect(location.origin).toBe(new URL(web('/')).origin);
  });
});

test('faults tell nothing of the inside', async () => {
  const response = await fetch(`${origin()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '[1',
  });
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\.ts:|at Object|stack/i);
});

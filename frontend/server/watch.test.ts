import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, createGzip } from 'node:zlib';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assetsOf } from './assets.ts';
import { reportFaultsTo } from './fault-reports.ts';
import { envelopeUrl } from './fault-tunnel.ts';
import { finishBuild } from './finish-build.ts';
import { createFront, type Front } from './front.ts';
import { isOutdated } from './old-browsers.ts';
import { RateLimit } from './rate-limit.ts';
import { routesOf } from './routes.ts';
import { addressOf } from './this-machine.ts';
import { VitalsByRoute } from './vitals-by-route.ts';

/** What browsers tell the front and operators ask of it, and how it sends what was built. */

const script = `export const answer = ${JSON.stringify('forty-two '.repeat(200))};`;
let build: string;
let sink: Server;
let sunk: { url: string; cookie: string | undefined; body: string }[];
let dsn: string;
let vitals: VitalsByRoute;
let front: Front;
let base: string;
let pages: () => Promise<void>;

beforeEach(async () => {
  build = mkdtempSync(join(tmpdir(), 'valeo-build-'));
  mkdirSync(join(build, 'static/chunks'), { recursive: true });
  writeFileSync(join(build, 'static/chunks/a.js'), `${script}\n//# sourceMappingURL=0a1b.js.map`);
  writeFileSync(join(build, 'static/chunks/0a1b.js.map'), '{"version":3}');
  const routes = { '/(app)/page': '/', '/(app)/sales/orders/[id]/page': '/sales/orders/[id]' };
  writeFileSync(join(build, 'app-path-routes-manifest.json'), JSON.stringify(routes));
  await finishBuild(build);
  sunk = [];
  sink = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    sunk.push({ url: request.url ?? '', cookie: request.headers.cookie, body });
    response.end('{}');
  });
  sink.listen(0, '127.0.0.1');
  await once(sink, 'listening');
  dsn = `http://key@127.0.0.1:${(sink.address() as AddressInfo).port}/7`;
  const registry = new Registry();
  vitals = new VitalsByRoute(registry);
  pages = async () => {
    throw new Error('the page of "Schmidt" broke');
  };
  front = createFront({
    gatewayUrl: 'http://127.0.0.1:1',
    publicUrl: 'https://erp.example',
    pages: () => pages(),
    assets: assetsOf(build),
    watch: { registry, vitals, routeOf: routesOf(build), metricsToken: 'a-long-enough-token', sentryDsn: dsn },
  });
  base = `http://127.0.0.1:${await front.listen('127.0.0.1', 0)}`;
});

afterEach(async () => {
  await front.close(0);
  sink.closeAllConnections();
  sink.close();
  rmSync(build, { recursive: true });
});

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(base + path, { method: 'POST', body, headers: { origin: base, ...headers } });
const visit = (path: string, values: object) => JSON.stringify({ path, vitals: values });

test('vitals of a visit count for its route, and the 75th percentile is what three of four were at least as good as', async () => {
  for (const LCP of [100, 200, 300, 4000]) {
    expect((await post('/web-vitals', visit('/sales/orders/0199', { LCP, CLS: 0 }))).status).toBe(204);
  }
  expect(vitals.byRoute()).toEqual([{ route: '/sales/orders/[id]', visits: 4, p75: { LCP: 300, CLS: 0 } }]);
  const metrics = await (await fetch(`${base}/metrics`)).text();
  expect(metrics).toContain('web_vital_seconds_count{route="/sales/orders/[id]",vital="LCP"} 4');
});

test('nothing but figures of pages there are is taken, and from our own pages only', async () => {
  const answers = await Promise.all([
    post('/web-vitals', visit('/no-such-page', { LCP: 1 })),
    post('/web-vitals', visit('/', { LCP: -1 })),
    post('/web-vitals', visit('/', { LCP: 'fast' })),
    post('/web-vitals', visit('/', { other: 1 })),
    post('/web-vitals', 'not json'),
    post('/web-vitals', visit('/', { LCP: 1 }), { origin: 'https://elsewhere.example' }),
    post('/web-vitals', visit('/'.padEnd(3000, 'x'), { LCP: 1 })),
    fetch(`${base}/web-vitals`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 403, 413, 405]);
  expect(vitals.byRoute()).toEqual([]);
});

test('whoever tells too much in a minute is not heard until the next, and memory for callers is bounded', () => {
  let now = 0;
  const limit = new RateLimit(2, 3, () => now);
  expect([1, 2, 3].map(() => limit.allows('a'))).toEqual([true, true, false]);
  expect(['b', 'c', 'd'].map((key) => limit.allows(key))).toEqual([true, true, false]);
  now = 60_000;
  expect(limit.allows('a')).toBe(true);
});

test('metrics are for this machine and for whoever has the token', async () => {
  const status = async (headers: Record<string, string>) => (await fetch(`${base}/metrics`, { headers })).status;
  expect(await status({})).toBe(200);
  expect(await status({ 'x-forwarded-for': '203.0.113.5' })).toBe(404);
  expect(await status({ 'x-forwarded-for': '203.0.113.5', authorization: 'Bearer a-long-enough-tokem' })).toBe(404);
  expect(await status({ 'x-forwarded-for': '203.0.113.5', authorization: 'Bearer a-long-enough-token' })).toBe(200);
});

test('an envelope of a browser goes to the Sentry of the operator and nowhere else, without cookies', async () => {
  const envelope = (to: string) => `${JSON.stringify({ dsn: to })}\n{"type":"event"}\n{}`;
  expect((await post('/fault-reports', envelope(dsn), { cookie: 'valeo_access=secret' })).status).toBe(200);
  expect(sunk).toEqual([
    { url: '/api/7/envelope/?sentry_key=key&sentry_version=7', cookie: undefined, body: envelope(dsn) },
  ]);
  expect((await post('/fault-reports', envelope('http://key@elsewhere.example/7'))).status).toBe(400);
  expect((await post('/fault-reports', 'nothing')).status).toBe(400);
  expect((await post('/fault-reports', envelope(dsn), { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await post('/fault-reports', 'x'.repeat(200_001))).status).toBe(413);
  expect(sunk).toHaveLength(1);
  expect(envelopeUrl('https://k@sentry.example/base/12')).toBe(
    'https://sentry.example/base/api/12/envelope/?sentry_key=k&sentry_version=7',
  );
  expect(envelopeUrl('https://sentry.example/12')).toBeNull();
});

test('a page that breaks is told to Sentry without what the user typed, and answered with a page that needs nothing', async () => {
  reportFaultsTo(dsn, 'valeo-neuroerp@test');
  const response = await fetch(`${base}/sales?q=<b>`, { headers: { accept: 'text/html' } });
  const html = await response.text();
  expect(response.status).toBe(500);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).toContain('Das hat nicht geklappt');
  expect(html).toContain('Something went wrong');
  expect(html).toContain(response.headers.get('x-request-id'));
  expect(html).not.toContain('<b>');
  expect(html).not.toContain('<script');
  await expect.poll(() => sunk.length, { timeout: 10_000 }).toBe(1);
  expect(sunk[0]?.body).toContain('the page of [text] broke');
  expect(sunk[0]?.body).toContain('valeo-neuroerp@test');
  expect(sunk[0]?.body).not.toContain('Schmidt');
});

test('a document that failed is replaced by a page that works without script, and nothing else is', async () => {
  const failing = createFront({
    gatewayUrl: 'http://127.0.0.1:1',
    publicUrl: 'https://erp.example',
    async pages(request, response) {
      response.statusCode = request.url === '/ok' ? 200 : 500;
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-encoding', 'gzip');
      response.write('<html id="__next_error__">');
      response.end('</html>');
    },
  });
  const own = `http://127.0.0.1:${await failing.listen('127.0.0.1', 0)}`;
  const ask = async (path: string, headers: Record<string, string>, method = 'GET') => {
    const response = await fetch(own + path, { method, headers: { 'accept-encoding': 'identity', ...headers } }).catch(
      () => null,
    );
    return { status: response?.status, text: await response?.text().catch(() => 'garbled') };
  };
  const page = await ask('/sales', { accept: 'text/html' });
  expect(page.status).toBe(500);
  expect(page.text).toContain('<a href="/sales">Noch einmal');
  expect(page.text).not.toContain('__next_error__');
  expect((await ask('/sales', { accept: 'text/html' }, 'POST')).text).toContain('<a href="/sales">Noch einmal');
  // Told as compressed, which they are not: whoever gets them as they were written cannot read them.
  expect(await ask('/ok', { accept: 'text/html' })).toEqual({ status: 200, text: 'garbled' });
  expect(await ask('/sales', { accept: 'text/html', rsc: '1' })).toEqual({ status: 500, text: 'garbled' });
  await failing.close(0);
});

test('a page that came is sent as whoever compresses it writes it', async () => {
  const front = createFront({
    gatewayUrl: 'http://127.0.0.1:1',
    publicUrl: 'https://erp.example',
    async pages(_request, response) {
      // As the renderer's compression does: it wraps the answer, and writes its head in the middle of the first write.
      const { write, end } = response;
      const zip = createGzip();
      zip
        .on('data', (chunk) => Reflect.apply(write, response, [chunk]))
        .on('end', () => Reflect.apply(end, response, []));
      Object.assign(response, {
        write: (chunk: string) => {
          if (!response.headersSent) response.writeHead(200, { 'content-encoding': 'gzip' });
          return zip.write(chunk);
        },
        end: () => zip.end(),
      });
      for (const part of ['<p>', 'whole', '</p>']) response.write(part);
      response.end();
    },
  });
  const own = `http://127.0.0.1:${await front.listen('127.0.0.1', 0)}`;
  const response = await fetch(own, { headers: { accept: 'text/html' } });
  expect(await response.text()).toBe('<p>whole</p>');
  await front.close(0);
});

test('files of a build are sent as they were compressed, for good, and their maps are not sent at all', async () => {
  const compressed = async (encoding: string) =>
    fetch(`${base}/_next/static/chunks/a.js`, { headers: { 'accept-encoding': encoding } });
  const [brotli, gzip] = await Promise.all([compressed('gzip, br'), compressed('gzip;q=1, br;q=0')]);
  expect(brotli.headers.get('content-encoding')).toBe('br');
  expect(brotli.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(brotli.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await brotli.text()).trim()).toBe(script);
  expect(gzip.headers.get('content-encoding')).toBe('gzip');
  expect((await gzip.text()).trim()).toBe(script);
  expect(
    brotliDecompressSync(readFileSync(join(build, 'compressed/chunks/a.js.br')))
      .toString()
      .trim(),
  ).toBe(script);
  expect(readFileSync(join(build, 'source-maps/chunks/a.js.map'), 'utf8')).toBe('{"version":3}');
  // Both are left to the pages, which here always fail.
  for (const path of ['/_next/static/chunks/0a1b.js.map', '/_next/static/../app-path-routes-manifest.json']) {
    expect((await fetch(base + path)).status).toBe(500);
  }
});

test('a browser that is too old gets a page that says so, and may go on anyway', async () => {
  const agent =
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.85 Safari/537.36';
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(base + path, { redirect: 'manual', headers: { accept: 'text/html', 'user-agent': agent, ...headers } });
  const page = await (await ask('/sales/orders?status=OPEN')).text();
  expect(page).toContain('Dieser Browser ist zu alt');
  expect(page).toContain('href="/auth/any-browser?next=%2Fsales%2Forders%3Fstatus%3DOPEN"');
  const on = await ask('/auth/any-browser?next=%2Fsales%2Forders');
  expect(on.headers.get('location')).toBe('/sales/orders');
  expect((await ask('/auth/any-browser?next=//elsewhere.example')).headers.get('location')).toBe('/');
  pages = async () => {
    throw new Error('the page was asked for');
  };
  expect(
    (await ask('/sales/orders', { cookie: String(on.headers.get('set-cookie')).split(';')[0] ?? '' })).status,
  ).toBe(500);
});

test('browsers are told apart by the engine they are', () => {
  const safari = (os: string, version: string) =>
    `Mozilla/5.0 (${os}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`;
  const chrome = (version: number, rest = '') =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36${rest}`;
  const firefox = (version: number) =>
    `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
  const old = [
    chrome(110),
    chrome(109, ' Edg/109.0.0.0'),
    firefox(115),
    safari('Macintosh; Intel Mac OS X 10_15_7', '15.6'),
    safari('iPhone; CPU iPhone OS 16_3 like Mac OS X', '16.3'),
    'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
  ];
  const good = [
    chrome(111),
    chrome(156, ' Edg/156.0.0.0'),
    firefox(128),
    safari('Macintosh; Intel Mac OS X 10_15_7', '17.1'),
    safari('iPhone; CPU iPhone OS 18_0 like Mac OS X', '18.0'),
    'curl/8.0',
    '',
  ];
  expect(old.map(isOutdated)).toEqual(old.map(() => true));
  expect(good.map(isOutdated)).toEqual(good.map(() => false));
});

test('users behind a proxy of this machine are told apart by whom it names, and a stranger is who asks', () => {
  const asked = (remoteAddress: string, forwarded?: string) =>
    addressOf({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as never);
  expect(asked('127.0.0.1', '203.0.113.5')).toBe('203.0.113.5');
  expect(asked('::ffff:127.0.0.1', 'made up, 203.0.113.6')).toBe('203.0.113.6');
  expect(asked('127.0.0.1')).toBe('127.0.0.1');
  expect(asked('198.51.100.7', '203.0.113.5')).toBe('198.51.100.7');
});

import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { SourceMap } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../journeys/browser.ts';
import { OwnWeb } from '../journeys/own-web.ts';
import { contextFor, open, sessionOf } from './visit.ts';

/** A web server with a Sentry of its own on this machine: what arrives there, and what operators see of visits. */

interface Envelope {
  readonly release?: string;
  readonly user?: unknown;
  readonly breadcrumbs?: unknown;
  readonly request?: unknown;
  readonly exception?: {
    values: { value: string; stacktrace?: { frames: { filename: string; lineno: number; colno: number }[] } }[];
  };
  readonly debug_meta?: { images: { code_file: string; debug_id: string }[] };
}

describeWith('chromium', 'faults and visits', (chromium) => {
  const build = join(import.meta.dirname, '../../frontend', process.env.WEB_BUILD_FOLDER || '.next');
  const events: { event: Envelope; raw: string; cookie: string | undefined }[] = [];
  let browser: Browser;
  let sink: Server;
  let dsn: string;
  let web: OwnWeb;
  let cookies: Awaited<ReturnType<typeof sessionOf>>;

  beforeAll(async () => {
    sink = createServer(async (request, response) => {
      let raw = '';
      for await (const chunk of request) raw += chunk;
      const event = JSON.parse(raw.split('\n')[2] ?? '{}') as Envelope;
      events.push({ event, raw, cookie: request.headers.cookie });
      response.end('{}');
    });
    sink.listen(0, '127.0.0.1');
    await once(sink, 'listening');
    dsn = `http://key@127.0.0.1:${(sink.address() as AddressInfo).port}/7`;
    web = new OwnWeb(await freePort());
    await web.start(undefined, { SENTRY_DSN: dsn });
    browser = await launch(chromium);
    cookies = await sessionOf(browser);
  });
  afterAll(async () => {
    await browser.close();
    await web.kill();
    sink.closeAllConnections();
    sink.close();
  });

  const visitorOf = () =>
    contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, cookies, { baseURL: web.url });

  test('a fault in the browser arrives through our own origin, with its release and nothing personal', async () => {
    const context = await visitorOf();
    const page = await context.newPage();
    const elsewhere: string[] = [];
    const refused: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== web.url) elsewhere.push(request.url());
    });
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    await open(page, '/sales/invoices?q=Schmidt');
    const before = await page.evaluate(() => performance.getEntriesByType('resource').length);
    expect(before).toBeGreaterThan(0);
    await page.evaluate(() =>
      setTimeout(() => {
        throw new Error('Customer "Erika Schmidt" erika@example.org broke');
      }),
    );
    await expect.poll(() => events.length, { timeout: 15_000 }).toBe(1);
    const { event, raw, cookie } = events[0] as (typeof events)[number];
    expect(event.exception?.values[0]?.value).toBe('Customer [text] [mail] broke');
    expect(event.release).toMatch(/^valeo-neuroerp@\d+\.\d+\.\d+\+\S+$/);
    expect(event.user).toBeUndefined();
    expect(event.breadcrumbs).toBeUndefined();
    expect(raw).not.toMatch(/Schmidt|erika|demo@valeo|valeo_access|valeo_refresh/i);
    expect(cookie).toBeUndefined();
    expect({ elsewhere, refused }).toEqual({ elsewhere: [], refused: [] });
    await context.close();
  });

  test('a fault in a script of ours names the debug id that its source map bears', async () => {
    const context = await visitorOf();
    const page = await context.newPage();
    await open(page, '/sales/invoices');
    const seen = events.length;
    const script = await page.evaluate(() => {
      const { src } = document.querySelector<HTMLScriptElement>('script[src*="/chunks/"]:not([nomodule])') ?? {
        src: '',
      };
      const fault = new TypeError('broken');
      fault.stack = `TypeError: broken\n    at draw (${src}:4:200)`;
      setTimeout(() => {
        throw fault;
      });
      return src;
    });
    await expect.poll(() => events.length, { timeout: 15_000 }).toBe(seen + 1);
    const map = join(build, 'source-maps/chunks', `${new URL(script).pathname.split('/chunks/')[1]}.map`);
    const { debugId } = JSON.parse(readFileSync(map, 'utf8')) as { debugId: string };
    expect(debugId).toMatch(/^[\da-f-]{36}$/);
    expect(events.at(-1)?.event.debug_meta?.images).toEqual([
      expect.objectContaining({ code_file: script, debug_id: debugId }),
    ]);
    await context.close();
  });

  test('source maps of the build say where a minified place stands, and visitors do not get them', async () => {
    const maps = join(build, 'source-maps/chunks');
    const scripts = readdirSync(maps, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.js.map'));
    expect(scripts.length).toBeGreaterThan(10);
    const sources = scripts.flatMap((name) => {
      const map = JSON.parse(readFileSync(join(maps, name), 'utf8'));
      const parts: { sources: string[] }[] = map.sections?.map((section: { map: object }) => section.map) ?? [map];
      return parts.flatMap((part) => part.sources);
    });
    expect(sources.some((source) => source.endsWith('frontend/shell/ShellClient.tsx'))).toBe(true);
    const [first = ''] = scripts;
    expect((await fetch(`${web.url}/_next/static/chunks/${first}`, { redirect: 'manual' })).status).not.toBe(200);
    const script = await (await fetch(`${web.url}/_next/static/chunks/${first.replace(/\.map$/, '')}`)).text();
    expect(script).not.toContain('sourceMappingURL');
    expect(new SourceMap(JSON.parse(readFileSync(join(maps, first), 'utf8'))).payload).toBeDefined();
  });

  test('a visit tells its figures, which operators find by route in Prometheus and on the page', async () => {
    const context = await visitorOf();
    const page = await context.newPage();
    await open(page, '/crm/partners');
    await page
      .waitForResponse((response) => /web-vitals|chunks/.test(response.url()), { timeout: 10_000 })
      .catch(() => null);
    await page.waitForTimeout(6_000);
    await page.getByRole('grid').click();
    await page.goto('/settings?tab=speed');
    const metrics = () => fetch(`${web.url}/metrics`).then((response) => response.text());
    await expect
      .poll(metrics, { timeout: 10_000 })
      .toContain('web_vital_seconds_count{route="/crm/partners",vital="LCP"} 1');
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: '/crm/partners' });
    expect(await row.innerText()).toMatch(/\d+ ms/);
    await context.close();
  }, 60_000);

  test('a page whose graph is gone is a page with a way to try again, and the fault of the server arrives', async () => {
    const own = new OwnWeb(await freePort());
    await own.start(undefined, { SENTRY_DSN: dsn, GATEWAY_URL: `http://127.0.0.1:${await freePort()}` });
    const before = events.length;
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, cookies, {
      baseURL: own.url,
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto('/sales/orders');
    expect(await page.locator('body').innerText()).toMatch(/again|noch einmal/i);
    await expect.poll(() => events.length, { timeout: 15_000 }).toBeGreaterThan(before);
    expect(events.at(-1)?.raw).toContain('"side":"server"');
    await context.close();
    await own.kill();
  }, 60_000);
});

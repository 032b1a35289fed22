import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTool } from '@valeo/kit/testing/tool.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const LIST = '/sales/invoices';
const RUNS = 9;
const limitMs = 250;
const settledMs = 2_000;

/**
 * How long it takes from the beginning of a navigation until the first row of a list was painted, as the page itself sees it,
 * when the app was used before: by the service worker, as the first page of a browser, for which the worker has to be started, and
 * as another one beside it, with the server and without it. A page that is asked for while the browser itself still starts waits for that
 * as well, which is told beside it.
 */
export async function measureRepeatStart(
  webUrl: string,
  person: { email: string; password: string },
  tell: Tell,
): Promise<void> {
  const executablePath = findTool('chromium');
  if (!executablePath) return;
  const profile = await mkdtemp(join(tmpdir(), 'valeo-repeat-start-'));
  const { host } = new URL(webUrl);
  const open = (reachable: boolean): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, {
      executablePath,
      baseURL: webUrl,
      viewport: { width: 1440, height: 900 },
      // Without the server means that nobody listens where the browser connects to.
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        ...(reachable ? [] : [`--host-resolver-rules=MAP ${host} 127.0.0.1:1`]),
      ],
    });
  try {
    const first = await open(true);
    await visitFirst(first, person);
    await first.close();
    for (const reachable of [true, false]) {
      const starting: number[] = [];
      const started: number[] = [];
      const opened: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        const early = await open(reachable);
        starting.push(await firstRow(await early.newPage()));
        await early.close();
        const context = await open(reachable);
        await sleep(settledMs);
        const tab = await context.newPage();
        started.push(await firstRow(tab));
        // What the tab still fetches for later is no part of opening another one.
        await tab.waitForTimeout(settledMs);
        opened.push(await firstRow(await context.newPage()));
        await context.close();
      }
      const where = reachable ? 'with the server' : 'without the server';
      report(tell, `Repeat start ${where}, first page of a browser, first row painted`, started, true);
      report(tell, `Repeat start ${where}, another page, first row painted`, opened, true);
      report(tell, `Repeat start ${where}, while the browser itself starts, first row painted`, starting, false);
    }
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

async function visitFirst(context: BrowserContext, { email, password }: { email: string; password: string }) {
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', password);
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
  await page.goto(LIST);
  await page.waitForFunction(async (path) => Boolean(await caches.match(path)), LIST, { timeout: 60_000 });
}

/** Milliseconds until a cell of the first row was painted, as the browser tells the page (Element Timing). */
async function firstRow(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const painted = new Promise<number>((resolve) => {
      new PerformanceObserver((list) => {
        const [entry] = list.getEntries() as (PerformanceEntry & { renderTime: number })[];
        if (entry) resolve(entry.renderTime);
      }).observe({ type: 'element', buffered: true });
    });
    Object.assign(globalThis, { firstRowPainted: painted });
    const marks = new MutationObserver(() => {
      const row = document.querySelector('.grid-body [role=row]:not([aria-busy])');
      if (!row) return;
      for (const cell of row.querySelectorAll('[role=gridcell], [role=gridcell] *')) {
        cell.setAttribute('elementtiming', 'first-row');
      }
      marks.disconnect();
    });
    marks.observe(document, { childList: true, subtree: true });
  });
  await page.goto(LIST, { waitUntil: 'commit' });
  return page.evaluate(() => {
    const { firstRowPainted } = globalThis as unknown as { firstRowPainted: Promise<number> };
    // A row that was painted before it could be marked came with the first paint.
    const firstPaint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    return Promise.race([
      firstRowPainted,
      new Promise<number>((resolve) => setTimeout(() => resolve(firstPaint()), 10_000)),
    ]);
  });
}

function report(tell: Tell, name: string, values: number[], isOfTheApp: boolean): void {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] as number);
  tell(`${name}, p50`, at(0.5), 'ms');
  if (isOfTheApp) tell(`${name}, p75`, at(0.75), 'ms', `<= ${limitMs} ms`, at(0.75) <= limitMs);
  else tell(`${name}, p75`, at(0.75), 'ms');
}

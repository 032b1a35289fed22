import { findTool } from '@valeo/kit/testing/tool.ts';
import { type Browser, type BrowserContext, type CDPSession, chromium } from 'playwright-core';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

/** A phone of the middle: the processor four times slower, 1.6 Mbit/s with 150 ms to the server and back. */
const cpuSlowdown = 4;
const network = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const limits = { FCP: 900, LCP: 1300, TTI: 2700, CLS: 0, INP: 100 } as const;
/** Quiet time on the network and the main thread that ends a measurement. */
const quietMs = 2_000;
const runs = 3;

const routes = [
  '/__floor',
  '/sign-in',
  '/',
  '/sales/invoices',
  '/sales/invoices/new',
  '/sales/orders',
  '/crm/partners',
  '/inventory/articles',
  '/purchasing/orders',
  '/finance/journal',
  '/finance/trial-balance?year=2011&month=12',
  '/tasks',
  '/settings',
  '/styleguide',
];

interface Load {
  readonly FCP: number;
  readonly LCP: number;
  readonly TTI: number;
  readonly TBT: number;
  readonly CLS: number;
  readonly INP: number;
}

/** First visits of the main routes on a slow phone, against the bare page in the same run. */
export async function measurePages(
  webUrl: string,
  user: { email: string; password: string },
  tell: Tell,
): Promise<void> {
  const executablePath = findTool('chromium');
  if (!executablePath) return void console.log('Pages are not measured: chromium is not installed');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const session = await signedIn(browser, webUrl, user);
    for (const route of routes) {
      const loads: Load[] = [];
      for (let run = 0; run < runs; run += 1) loads.push(await loadOnce(browser, webUrl + route, session));
      const at = (name: keyof Load) => median(loads.map((load) => load[name]));
      const isFloor = route === '/__floor';
      for (const name of ['FCP', 'LCP', 'TTI', 'INP'] as const) {
        const value = Math.round(at(name));
        const limit = limits[name];
        tell(
          `${route}, slow phone, ${name}`,
          value,
          'ms',
          isFloor ? '' : `<= ${limit} ms`,
          isFloor ? null : value <= limit,
        );
      }
      tell(`${route}, slow phone, TBT`, Math.round(at('TBT')), 'ms');
      const shift = Math.round(at('CLS') * 10_000) / 10_000;
      tell(`${route}, slow phone, CLS`, shift, '', '0', shift === 0);
    }
  } finally {
    await browser.close();
  }
}

/** The cookies of a session, as a browser gets them. */
export async function signedIn(browser: Browser, webUrl: string, user: { email: string; password: string }) {
  const context = await browser.newContext({ baseURL: webUrl });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.fill('input[type=email]', user.email);
  await page.fill('input[type=password]', user.password);
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

type Session = Awaited<ReturnType<typeof signedIn>>;

async function phone(browser: Browser, session: Session): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 412, height: 823 },
    serviceWorkers: 'block',
    hasTouch: true,
    isMobile: true,
    // Of a real phone: it is sent as many rows as fit on one.
    userAgent:
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    locale: 'de-DE',
  });
  await context.addCookies(session);
  return context;
}

/** One first visit, with nothing kept from another. */
async function loadOnce(browser: Browser, url: string, session: Session): Promise<Load> {
  const context = await phone(browser, session);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await throttle(devtools);
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: 'load', timeout: 60_000 });
  const read = async <Value>(run: () => Value): Promise<Value> => {
    // Straight to the browser: what a page's own tools bring along would be measured with it.
    const { result } = await devtools.send('Runtime.evaluate', { expression: `(${run})()`, returnByValue: true });
    return result.value as Value;
  };
  for (let waited = 0; waited < 20_000 && (await read(readQuiet)) < quietMs; waited += 250) {
    await page.waitForTimeout(250);
  }
  const load = await read(readLoad);
  // An answer to a key is what an interaction costs; the same on every page.
  await page.keyboard.press('Tab');
  await page.mouse.click(5, 400);
  await page.waitForTimeout(300);
  const INP = await read(readInteraction);
  await context.close();
  return { ...load, INP };
}

async function throttle(devtools: CDPSession): Promise<void> {
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', network);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
}

interface Seen {
  lcp: number;
  cls: number;
  inp: number;
  tasks: { start: number; end: number }[];
}

/** Runs in the page before anything else. */
function observe(): void {
  const seen: Seen = { lcp: 0, cls: 0, inp: 0, tasks: [] };
  (window as unknown as { seen: Seen }).seen = seen;
  const watch = (type: string, each: (entry: PerformanceEntry & Record<string, number | boolean>) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) each(entry as never);
    }).observe({ type, buffered: true, ...(type === 'event' && { durationThreshold: 16 }) } as PerformanceObserverInit);
  watch('largest-contentful-paint', (entry) => {
    seen.lcp = entry.startTime;
  });
  watch('layout-shift', (entry) => {
    if (!entry.hadRecentInput) seen.cls += Number(entry.value);
  });
  watch('longtask', ({ startTime, duration }) => seen.tasks.push({ start: startTime, end: startTime + duration }));
  watch('event', (entry) => {
    if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration);
  });
}

/** Runs in the page. Interactive is it after the last long task of loading, and no sooner than the first content. */
function readLoad(): Omit<Load, 'INP'> {
  const { seen } = window as unknown as { seen: Seen };
  const FCP = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const ready = Math.max(FCP, navigation?.domContentLoadedEventEnd ?? 0);
  const loading = seen.tasks.filter(({ start }) => start < ready + 5_000);
  return {
    FCP,
    LCP: seen.lcp,
    TTI: Math.max(ready, ...loading.map(({ end }) => end)),
    TBT: loading.reduce(
      (sum, { start, end }) => sum + (end > FCP ? Math.max(0, end - Math.max(start, FCP) - 50) : 0),
      0,
    ),
    CLS: seen.cls,
  };
}

/** Runs in the page. */
function readInteraction(): number {
  return (window as unknown as { seen: Seen }).seen.inp;
}

/** Runs in the page. How long in ms there has been no long task and nothing has come over the network since it was painted. */
function readQuiet(): number {
  const { tasks } = (window as unknown as { seen: Seen }).seen;
  const [painted] = performance.getEntriesByName('first-contentful-paint');
  if (!painted) return 0;
  const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const last = [painted.startTime, ...tasks.map(({ end }) => end), ...fetched.map(({ responseEnd }) => responseEnd)];
  return performance.now() - Math.max(...last);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

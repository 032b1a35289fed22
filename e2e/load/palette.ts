import { findTool } from '@valeo/kit/testing/tool.ts';
import { chromium, type Page } from 'playwright-core';
import { signedIn } from './pages.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const routes = ['/', '/sales/invoices'];
const limitMs = 50;
const openings = 40;
const pause = 250;
/** Longer than the four seconds after which a page that has settled fetches the palette. */
const settled = 6_000;

/** From pressing Ctrl+K until the palette was painted with its entries, on a desk. */
export async function measurePalette(
  webUrl: string,
  user: { email: string; password: string },
  tell: Tell,
): Promise<void> {
  const executablePath = findTool('chromium');
  if (!executablePath) return void console.log('The palette is not measured: chromium is not installed');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const context = await browser.newContext({ baseURL: webUrl, viewport: { width: 1440, height: 900 } });
    await context.addCookies(await signedIn(browser, webUrl, user));
    for (const route of routes) {
      const page = await context.newPage();
      await page.addInitScript(observe);
      await page.goto(route);
      await page.waitForTimeout(settled);
      const [first = Number.NaN, ...later] = await openTimes(page);
      later.sort((one, other) => one - other);
      const at = (share: number) => later[Math.floor(later.length * share)] ?? Number.NaN;
      tell(`${route}, palette opened for the first time`, first, 'ms', `<= ${limitMs} ms`, first <= limitMs);
      tell(`${route}, palette, p50`, at(0.5), 'ms');
      tell(`${route}, palette, p95`, at(0.95), 'ms', `<= ${limitMs} ms`, at(0.95) <= limitMs);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** Milliseconds of each opening. */
async function openTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let opening = 0; opening < openings; opening += 1) {
    await page.keyboard.press('Control+k');
    const time = await page.waitForFunction(() => (window as unknown as { opened?: number }).opened);
    times.push(Math.round((await time.jsonValue()) ?? Number.NaN));
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('.palette'));
    await page.waitForTimeout(pause);
  }
  return times;
}

/** Runs in the page before anything else. */
function observe(): void {
  const seen = window as unknown as { opened?: number };
  let pressedAt: number | undefined;
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'k') return;
      pressedAt = event.timeStamp;
      delete seen.opened;
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (pressedAt === undefined || !document.querySelector('.palette [role=option]')) return;
    const from = pressedAt;
    pressedAt = undefined;
    // The frame is painted before the task that its callback asks for.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        seen.opened = performance.now() - from;
      };
      port2.postMessage(null);
    });
  }).observe(document, { childList: true, subtree: true });
}

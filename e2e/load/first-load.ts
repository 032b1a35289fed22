import { gzipSync } from 'node:zlib';
import { budgets, floorTotal, heaviestTotal } from '@valeo/frontend/measure/first-load.ts';
import { findTool } from '@valeo/kit/testing/tool.ts';
import { type Browser, type Cookie, chromium, type Response } from 'playwright-core';
import { signedIn } from './pages.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const routes: [path: string, limit: number | null][] = [
  ['/sign-in', budgets.shell],
  ['/', null],
  ['/sales/invoices', budgets.list],
  ['/sales/invoices/new', budgets.form],
  ['/finance/trial-balance', null],
  ['/settings', null],
];

/** Where data stands in a list. */
const dataRow = '.grid-body [role=row]:not([aria-busy], [aria-hidden])';
const afterRowMs = 1500;

/** The JavaScript that a first visit transfers, over the bare page in the same run. */
export async function measureFirstLoad(
  webUrl: string,
  user: { email: string; password: string },
  tell: Tell,
): Promise<void> {
  const executablePath = findTool('chromium');
  if (!executablePath) return void console.log('First-load JavaScript is not measured: chromium is not installed');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const cookies = await signedIn(browser, webUrl, user);
    const floor = await scriptKilobytes(browser, `${webUrl}/__floor`, cookies);
    tell('First-load JavaScript, bare page', round(floor), 'kB', `<= ${floorTotal} kB`, floor <= floorTotal);
    let heaviest = floor;
    for (const [path, limit] of routes) {
      const all = await scriptKilobytes(browser, webUrl + path, cookies);
      heaviest = Math.max(heaviest, all);
      const over = round(all - floor);
      const name = `First-load JavaScript of ${path} over the bare page, transferred until ${afterRowMs / 1000} s after the first row`;
      tell(name, over, 'kB', limit ? `<= ${limit} kB` : '', limit ? over <= limit : null);
    }
    const heaviestReached = heaviest <= heaviestTotal;
    tell(
      'First-load JavaScript, heaviest of these, in all',
      round(heaviest),
      'kB',
      `<= ${heaviestTotal} kB`,
      heaviestReached,
    );
  } finally {
    await browser.close();
  }
}

const round = (kilobytes: number): number => Math.round(kilobytes * 10) / 10;

/**
 * Kilobytes of JavaScript, gzip, that come over the network from the navigation until 1.5 s after the first row of data, or after the
 * page was loaded where it has no list; whoever asks for them: script tags, other scripts, workers. Nobody touches the page meanwhile.
 */
async function scriptKilobytes(browser: Browser, url: string, cookies: readonly Cookie[]): Promise<number> {
  const context = await browser.newContext({ locale: 'de-DE' });
  try {
    await context.addCookies([...cookies]);
    const sizes = new Map<string, Promise<number>>();
    context.on('response', (response) => {
      const isScript = response.headers()['content-type']?.includes('javascript');
      if (isScript && !sizes.has(response.url())) sizes.set(response.url(), gzippedBytes(response));
    });
    const page = await context.newPage();
    const answer = await page.goto(url, { waitUntil: 'load' });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}`);
    if ((await page.locator('.grid-body').count()) > 0) await page.locator(dataRow).first().waitFor();
    await page.waitForTimeout(afterRowMs);
    const bytes = await Promise.all(sizes.values());
    return bytes.reduce((sum, size) => sum + size, 0) / 1000;
  } finally {
    await context.close();
  }
}

const gzippedBytes = async (response: Response): Promise<number> =>
  gzipSync(await response.body(), { level: 9 }).length;

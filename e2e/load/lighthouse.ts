import { freePort } from '@valeo/kit/testing/free-port.ts';
import { findTool } from '@valeo/kit/testing/tool.ts';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { signedIn } from './pages.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const routes = ['/sign-in', '/', '/sales/invoices', '/sales/invoices/new', '/finance/trial-balance', '/settings'];
const floorRoute = '/__floor';
const categories = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices' };
type Category = keyof typeof categories;
const runs = 2;

/** What Lighthouse says of the main routes as a signed-in reader's phone, beside the bare page in the same run. */
export async function measureLighthouse(
  webUrl: string,
  user: { email: string; password: string },
  tell: Tell,
): Promise<void> {
  const executablePath = findTool('chromium');
  if (!executablePath) return void console.log('Lighthouse is left out: chromium is not installed');
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`],
  });
  try {
    const cookies = await signedIn(browser, webUrl, user);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const floor = await scoresOf(webUrl + floorRoute, port, cookie);
    tell(`Lighthouse, phone, ${floorRoute}, performance`, floor.performance, '');
    for (const route of routes) {
      const scores = await scoresOf(webUrl + route, port, cookie);
      for (const category of Object.keys(categories) as Category[]) {
        const score = scores[category];
        const isSpeed = category === 'performance';
        tell(
          `Lighthouse, phone, ${route}, ${categories[category]}`,
          score,
          '',
          isSpeed ? '' : '100',
          isSpeed ? null : score === 100,
        );
      }
      for (const fault of scores.faults) console.log(`  ${fault}`);
    }
  } finally {
    await browser.close();
  }
}

type Scores = Record<Category, number> & { faults: string[] };

/** The best of some runs: a busy machine only ever makes a page look slower. */
async function scoresOf(url: string, port: number, cookie: string): Promise<Scores> {
  const best: Scores = { performance: 0, accessibility: 0, 'best-practices': 0, faults: [] };
  for (let run = 0; run < runs; run += 1) {
    const result = await lighthouse(url, {
      port,
      logLevel: 'error',
      onlyCategories: Object.keys(categories),
      extraHeaders: { Cookie: cookie },
    });
    if (!result) throw new Error(`Lighthouse has no result for ${url}`);
    const { lhr } = result;
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    for (const category of Object.keys(categories) as Category[]) {
      best[category] = Math.max(best[category], Math.round((lhr.categories[category]?.score ?? 0) * 100));
    }
    const failed = (['accessibility', 'best-practices'] as const).flatMap((category) =>
      (lhr.categories[category]?.auditRefs ?? []).filter(
        ({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 1,
      ),
    );
    best.faults = failed.map(({ id }) => `${id}: ${lhr.audits[id]?.title}`);
  }
  return best;
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import pixelmatch from 'pixelmatch';
import { type Browser, type Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../journeys/browser.ts';
import { contextFor, open, sessionOf, type Theme } from './visit.ts';

/**
 * The main screens as they are meant to look, on a phone and a desk, in both themes. What differs from day to day or from test to
 * test is covered. `UPDATE_PICTURES=1 pnpm e2e e2e/quality/pictures.test.ts` renews what is committed; what was seen is beside it.
 */

const screens = [
  { name: 'sign-in', path: '/sign-in', covered: [] },
  { name: 'components', path: '/styleguide', covered: [] },
  { name: 'invoices', path: '/sales/invoices?sort=issuedOn:asc', covered: ['.grid-body', '.grid-foot', '.page-count'] },
  { name: 'trial-balance', path: '/finance/trial-balance?year=2010&month=12', covered: [] },
  { name: 'help', path: '/help', covered: [] },
] as const;
/** Everywhere: counts of what is new, and who is here. */
const coveredAlways = ['.topbar', '.nav', '.tabbar', 'time', '[aria-live]'];
/** Share of pixels that may differ: fonts are drawn a little differently from machine to machine. */
const tolerance = 0.02;
/** Pictures are kept at half the size: enough to see a layout, and small. */
const scale = 0.5;
const width = { desktop: 1440, phone: 360 } as const;

const baselines = join(import.meta.dirname, 'baselines');
const seenFolder = join(import.meta.dirname, '..', 'pictures', 'screens');

describeWith('chromium', 'main screens', (chromium) => {
  let browser: Browser;
  let cookies: Awaited<ReturnType<typeof sessionOf>>;
  beforeAll(async () => {
    browser = await launch(chromium);
    cookies = await sessionOf(browser);
    for (const folder of [baselines, seenFolder]) mkdirSync(folder, { recursive: true });
  });
  afterAll(() => browser.close());

  const looks = (['desktop', 'phone'] as const).flatMap((device) =>
    (['light', 'dark'] as const).map((theme): [typeof device, Theme] => [device, theme]),
  );
  test.each(looks)('look as committed on a %s, %s', async (device, theme) => {
    const context = await contextFor(browser, { language: 'de', theme, width: width[device] }, cookies, {
      deviceScaleFactor: scale,
    });
    const page = await context.newPage();
    // The font of a first document may come too late for it.
    await open(page, '/sign-in');
    const different: string[] = [];
    for (const { name, path, covered } of screens) {
      await open(page, path);
      const seen = await photograph(page, [...covered, ...coveredAlways]);
      const file = `${name}-${device}-${theme}.png`;
      const committed = join(baselines, file);
      if (process.env.UPDATE_PICTURES) writeFileSync(committed, seen);
      else {
        const share = existsSync(committed) ? difference(readFileSync(committed), seen) : 1;
        if (share > tolerance) {
          writeFileSync(join(seenFolder, file), seen);
          different.push(`${file}: ${(share * 100).toFixed(1)} % of the pixels`);
        }
      }
    }
    await context.close();
    expect(different).toEqual([]);
  });
});

async function photograph(page: Page, covered: readonly string[]): Promise<Buffer> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  return page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    mask: covered.map((selector) => page.locator(selector)),
    maskColor: '#808080',
    style: '.toasts { display: none }',
  });
}

/** Share of pixels that differ, from 0 to 1; pictures of another size are another picture. */
function difference(committed: Buffer, seen: Buffer): number {
  const [before, after] = [PNG.sync.read(committed), PNG.sync.read(seen)];
  if (before.width !== after.width || before.height !== after.height) return 1;
  const pixels = pixelmatch(before.data, after.data, undefined, before.width, before.height, { threshold: 0.2 });
  return pixels / (before.width * before.height);
}

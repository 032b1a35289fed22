import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../journeys/browser.ts';
import { allRoutes, type Route } from './routes.ts';
import { axeFindings, contextFor, cutOff, open, overflowing, sessionOf, type View } from './visit.ts';

/**
 * axe on every route, in both languages and themes, on a phone, a tablet and a desk: all of it with `TEST_LONG=1`, else each
 * route once, in a view that `TEST_SEED` chooses. Nothing reaches beyond the page to the right in any of them.
 */

const views = (['de', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [360, 768, 1440].map((width): View => ({ language, theme, width }))),
);
const seed = Number(process.env.TEST_SEED ?? 1);
const nameOf = ({ language, theme, width, contrast }: View) =>
  [language, theme, width, contrast].filter(Boolean).join(' ');

describeWith('chromium', 'accessibility', (chromium) => {
  let browser: Browser;
  let routes: Route[];
  let cookies: Awaited<ReturnType<typeof sessionOf>>;

  beforeAll(async () => {
    browser = await launch(chromium);
    [routes, cookies] = await Promise.all([allRoutes(), sessionOf(browser)]);
  });
  afterAll(() => browser.close());

  /** What is wrong with routes in a view, one line for each finding. */
  async function lookAt(view: View, chosen: readonly Route[], options?: Parameters<Browser['newContext']>[0]) {
    const context = await contextFor(browser, view, cookies, options);
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const { path, pattern } of chosen) {
      const where = `${pattern} (${nameOf(view)})`;
      await open(page, path);
      const beyond = await overflowing(page);
      if (beyond.length > 0) wrong.push(`${where}: reaches beyond the page: ${beyond.join(', ')}`);
      for (const { rule, impact, targets } of await axeFindings(page)) {
        wrong.push(`${where}: ${rule} (${impact})\n    ${targets.join('\n    ')}`);
      }
    }
    await context.close();
    return wrong;
  }

  test.each(views.map((view, at) => [nameOf(view), view, at] as const))(
    'no findings in %s',
    async (_name, view, at) => {
      const chosen = process.env.TEST_LONG
        ? routes
        : routes.filter((_route, n) => (n * 7 + seed) % views.length === at);
      expect(await lookAt(view, chosen)).toEqual([]);
    },
    600_000,
  );

  test('nothing overflows in a language with longer words on a phone, and no text is cut off', async () => {
    const context = await contextFor(browser, { language: 'pseudo', theme: 'light', width: 360 }, cookies);
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const { pattern, path } of sampleOf(routes, 20)) {
      await open(page, path);
      for (const what of [...(await overflowing(page)), ...(await cutOff(page))]) wrong.push(`${pattern}: ${what}`);
    }
    await context.close();
    expect(wrong).toEqual([]);
  }, 600_000);

  test('at 400 % zoom, which leaves 320 px, everything is within the width', async () => {
    const context = await contextFor(browser, { language: 'de', theme: 'light', width: 320 }, cookies);
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const { pattern, path } of sampleOf(routes, 16)) {
      await open(page, path);
      for (const what of await overflowing(page)) wrong.push(`${pattern}: ${what}`);
    }
    await context.close();
    expect(wrong).toEqual([]);
  }, 600_000);

  test('with more contrast there are no findings either', async () => {
    const chosen = sampleOf(routes, 4);
    for (const theme of ['light', 'dark'] as const) {
      expect(await lookAt({ language: 'de', theme, width: 1440, contrast: 'more' }, chosen)).toEqual([]);
    }
  }, 600_000);

  test('in forced colours what can be acted on keeps an outline, and where one is can be seen', async () => {
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, cookies, {
      forcedColors: 'active',
    });
    const page = await context.newPage();
    await open(page, '/sales/invoices/new');
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main .btn:not(.btn--ghost), main .input')]
        .filter((element) => element.offsetParent !== null)
        .filter((element) => {
          const { borderTopWidth, outlineStyle } = getComputedStyle(element);
          const around = element.closest('.input-wrap, .field') ?? element;
          return (
            borderTopWidth === '0px' && outlineStyle === 'none' && getComputedStyle(around).borderTopWidth === '0px'
          );
        })
        .map((element) => element.className),
    );
    expect(bare).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).not.toBe(
      'none',
    );
    await context.close();
  });

  test('whoever wishes for less motion sees none', async () => {
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, cookies);
    const page = await context.newPage();
    for (const path of ['/', '/sales/invoices', '/styleguide']) {
      await open(page, path);
      const moving = await page.evaluate(() =>
        document
          .getAnimations()
          .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 10)
          .map((animation) => ((animation.effect as KeyframeEffect).target as Element).className),
      );
      expect(moving, path).toEqual([]);
    }
    await context.close();
  });
});

/** All of them in the long run, else so many, evenly from the seed on. */
function sampleOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (process.env.TEST_LONG) return items;
  const step = Math.ceil(items.length / count);
  return items.filter((_item, at) => at % step === seed % step);
}

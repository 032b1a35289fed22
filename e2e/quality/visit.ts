import { pseudoCookie } from '@valeo/frontend/i18n/pseudo.ts';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { type Language, signIn } from '../journeys/browser.ts';

export type Theme = 'light' | 'dark';

/** How a reader looks at a page. */
export interface View {
  readonly language: Language | 'pseudo';
  readonly theme: Theme;
  readonly width: number;
  readonly contrast?: 'more';
}

const heights: Readonly<Record<number, number>> = { 320: 640, 360: 740, 768: 1024, 1440: 900 };

/** Cookies of the demo company's owner, for contexts that do not go through the sign-in form again. */
export async function sessionOf(browser: Browser): Promise<Awaited<ReturnType<BrowserContext['cookies']>>> {
  const context = await browser.newContext({ baseURL: inject('installation').webUrl });
  const page = await context.newPage();
  await signIn(page);
  const cookies = await context.cookies();
  await context.close();
  return cookies.filter(({ name }) => name.startsWith('valeo_'));
}

/** A context whose pages look as the view says. Service workers stay out of the way of what is measured. */
export async function contextFor(
  browser: Browser,
  view: View,
  cookies: Awaited<ReturnType<typeof sessionOf>>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const { webUrl } = inject('installation');
  const context = await browser.newContext({
    baseURL: webUrl,
    locale: view.language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: view.width, height: heights[view.width] ?? 900 },
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
    ...options,
  });
  const isPseudo = view.language === 'pseudo';
  const display = new URLSearchParams({ locale: isPseudo ? 'en' : view.language, theme: view.theme });
  if (view.contrast) display.set('contrast', view.contrast);
  await context.addCookies([...cookies, { name: 'valeo-display', value: display.toString(), url: webUrl }]);
  if (isPseudo) await context.addCookies([{ name: pseudoCookie, value: '1', url: webUrl }]);
  return context;
}

/** Opens a page and waits until what it shows is there. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'load' });
  await page.waitForFunction(() => !document.querySelector('[role=grid] [aria-busy=true]'), null, { timeout: 15_000 });
  await page.evaluate(() => document.fonts.ready);
}

export interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly targets: readonly string[];
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands, by WCAG 2.2 AA and the practices axe recommends. */
export async function axeFindings(page: Page): Promise<Finding[]> {
  const window = page.viewportSize();
  await showWhole(page);
  // The script goes in by the debugger, which the policy for scripts of the page does not concern.
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    (values) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    tags,
  )) as AxeResults;
  if (window) await page.setViewportSize(window);
  return violations.map(({ id, impact, nodes }) => ({
    rule: id,
    impact: impact ?? '',
    targets: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }));
}

/** Makes the window as high as the page: axe takes what can be scrolled out from under a bar for covered by it. */
async function showWhole(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const hidden = await page.evaluate(() =>
    [document.documentElement, document.querySelector('main')].reduce(
      (most, element) => Math.max(most, element ? element.scrollHeight - element.clientHeight : 0),
      0,
    ),
  );
  if (hidden > 0) await page.setViewportSize({ width, height: height + hidden });
}

/** Elements that reach beyond the page to the right, unless something that scrolls or clips them holds them; innermost first. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        if (element.getBoundingClientRect().right <= width + 1) return false;
        for (let above = element.parentElement; above; above = above.parentElement) {
          if (getComputedStyle(above).overflowX !== 'visible') return false;
        }
        return true;
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
      .reverse()
      .slice(0, 8);
  });

/** Texts of buttons, links, labels and headings that are cut off without a sign that there is more. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, a, label, h1, h2, h3, th, summary, .pill, .tab',
    )) {
      const style = getComputedStyle(element);
      if (!element.innerText?.trim() || style.overflowX === 'visible' || style.textOverflow === 'ellipsis') continue;
      // Read to blind people only.
      if (element.clientWidth <= 1) continue;
      if (element.scrollWidth > element.clientWidth + 1)
        found.push(`${element.className}: ${element.innerText.trim()}`);
    }
    return found;
  });

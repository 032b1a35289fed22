import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { DEMO } from '../graph.ts';

export type Language = 'de' | 'en';

/** Pictures of what the journeys see, to be looked at; not committed. */
const pictures = join(import.meta.dirname, '..', 'pictures');

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A fresh visitor with a language of his own. */
export async function visitor(
  browser: Browser,
  language: Language,
  baseURL: string = inject('installation').webUrl,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  context.on('page', waitForLife);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return { context, page };
}

/**
 * A page is seen before it takes keys and clicks; whoever opens one here acts from when React has taken over its document and what
 * stands in it: parts of a page come alive one after the other. Pages without scripts of the app are ready when they are loaded.
 */
function waitForLife(page: Page): void {
  const alive = () =>
    page.waitForFunction(() => {
      if (!document.querySelector('script[src*="/_next/"]')) return true;
      const has = (node: Node, name: string) => Object.keys(node).some((key) => key.startsWith(name));
      const parts = [...document.querySelectorAll('main, main form, [role=grid]')];
      return has(document, '_reactListening') && parts.every((part) => has(part, '__reactFiber'));
    });
  const { goto, reload } = page;
  page.goto = async (...to) => {
    const response = await goto.apply(page, to);
    await alive();
    return response;
  };
  page.reload = async (...how) => {
    const response = await reload.apply(page, how);
    await alive();
    return response;
  };
}

export async function signIn(page: Page, email: string = DEMO.owner): Promise<void> {
  await page.goto('/sign-in');
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', DEMO.password);
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Someone who sits at a desk and has signed in, for `beforeAll`, which ends it with what it returns. */
export async function atDesk(
  executablePath: string,
): Promise<{ browser: Browser; context: BrowserContext; page: Page; leave: () => Promise<void> }> {
  const browser = await launch(executablePath);
  const { context, page } = await visitor(browser, 'de');
  await signIn(page);
  return { browser, context, page, leave: () => browser.close() };
}

export function photograph(language: Language) {
  mkdirSync(join(pictures, language), { recursive: true });
  let number = 0;
  return async (page: Page, name: string): Promise<void> => {
    const file = `${String(++number).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(pictures, language, file) });
  };
}

/** Presses a key that leads to another page, again while it does not: the keys of the shell come alive after the parts of a page. */
export async function pressToGo(page: Page, key: string, address: string): Promise<void> {
  const attempts = 5;
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press(key);
    try {
      return await page.waitForURL(address, { timeout: 5_000 });
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}

import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO } from '../graph.ts';
import { launch } from '../journeys/browser.ts';
import { contextFor } from './visit.ts';

/** From signing in to a saved record without a mouse: only keys are pressed, and focus can always be seen. */

const tabsMax = 60;

/** Presses Tab until the focus is on what is sought; fails when it cannot be reached. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < tabsMax; pressed += 1) {
    const found = await page.evaluate((wanted) => {
      const active = document.activeElement;
      if (!active?.matches(wanted)) return null;
      const { outlineStyle, boxShadow } = getComputedStyle(active);
      const around = active.closest('.input-wrap, .field, .check, .choice');
      const shown = around ? getComputedStyle(around) : null;
      return (
        outlineStyle !== 'none' || boxShadow !== 'none' || shown?.boxShadow !== 'none' || shown?.outlineStyle !== 'none'
      );
    }, selector);
    if (found !== null) {
      expect(found, `focus on ${selector} can be seen`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} was not reached with ${tabsMax} tabs`);
}

describeWith('chromium', 'by keyboard alone', (chromium) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch(chromium);
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, []);
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(() => browser.close());

  test('one signs in', async () => {
    await page.goto('/sign-in');
    await tabTo(page, 'input[type=email]');
    await page.keyboard.type(DEMO.owner);
    await tabTo(page, 'input[type=password]');
    await page.keyboard.type(DEMO.password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
  });

  test('the first stop of a page leads past the navigation', async () => {
    await page.goto('/sales/orders');
    await page.keyboard.press('Tab');
    await tabTo(page, '.skip-link');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('the palette opens, finds a page and goes there', async () => {
    await tabTo(page, '.company');
    await page.keyboard.press('Control+k');
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.waitFor();
    await page.keyboard.press('Tab');
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.matches('.company'))).toBe(true);
    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.keyboard.type('trial balance');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/trial-balance/);
  });

  test('a menu opens, moves and closes, and gives the focus back', async () => {
    await page.goto('/sales/orders');
    await tabTo(page, '.company');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menuitemradio').first().isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.matches('.company'))).toBe(true);
  });

  test('a partner is created and opened', async () => {
    await page.goto('/crm/partners/new');
    await tabTo(page, 'input[name=name]');
    const name = `Tastatur ${Date.now()}`;
    await page.keyboard.type(name);
    await tabTo(page, 'main button[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/crm\/partners\/[0-9a-f-]{36}$/);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain(name);
  });

  test('a row of a list is reached and opened, and the way back leads to the list', async () => {
    await page.goto('/sales/invoices');
    await page.locator('[aria-rowindex="3"]').waitFor();
    await tabTo(page, '[role=grid]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sales\/invoices\/[0-9a-f-]{36}/);
    await page.goBack();
    await page.locator('[aria-rowindex="3"]').waitFor();
  });
});

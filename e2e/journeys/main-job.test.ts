import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Language, launch, photograph, signIn, visitor } from './browser.ts';

/** From signing in to the trial balance: what the house is for, done by hand in both languages. */

const WORDS = {
  de: { post: 'Prüfen und buchen', confirm: /^Buchen$/, entry: /Journal|Buchung/, unit: /Menge/ },
  en: { post: /post/i, confirm: /^Post$/, entry: /Journal|entry/i, unit: /Quantity/i },
};

describeWith('chromium', 'the main job', (chromium) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(chromium);
  });
  afterAll(() => browser.close());

  test.each<Language>(['de', 'en'])('in %s', async (language) => {
    const words = WORDS[language];
    const { context, page } = await visitor(browser, language);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const picture = photograph(language);
    try {
      await page.goto('/sign-in');
      await picture(page, 'sign-in');
      await signIn(page);
      await page.goto('/');
      await page.waitForLoadState('networkidle');
      await picture(page, 'start');

      await page.goto('/sales/invoices');
      const grid = page.getByRole('grid');
      await grid.locator('[aria-rowindex]').nth(3).waitFor();
      await expect
        .poll(async () => Number(await grid.getAttribute('aria-rowcount')), { timeout: 10_000 })
        .toBeGreaterThanOrEqual(23_799);
      await picture(page, 'invoices');

      const total = Number(await grid.getAttribute('aria-rowcount'));
      await grid.focus();
      await page.keyboard.press('Control+End');
      const last = grid.locator(`[aria-rowindex="${total}"], [aria-rowindex="${total + 1}"]`).last();
      await last.waitFor();
      await expect.poll(() => last.innerText()).toMatch(/\d/);
      expect(await grid.locator('[role=row]').count()).toBeLessThan(200);
      await picture(page, 'last-row');

      await last.getByRole('link').first().click();
      await page.waitForURL(/\/sales\/invoices\/[0-9a-f-]{36}/);
      await page.waitForLoadState('networkidle');
      await picture(page, 'invoice');

      await page.goto('/sales/invoices/new');
      const boxes = page.getByRole('combobox');
      await boxes.first().fill('Kunde 1');
      await page.getByRole('listbox').getByRole('option').first().click();
      await page.locator('[data-row="0"]').getByRole('combobox').first().fill('85123A');
      await page.getByRole('listbox').getByRole('option').first().click();
      await page.locator('[data-row="0"]').getByLabel(words.unit).fill('6');
      await picture(page, 'new-invoice');
      await page.getByRole('button', { name: words.post }).click();
      const dialog = page.getByRole('dialog').getByRole('button', { name: words.confirm });
      await Promise.race([page.waitForURL(/\/sales\/invoices\/[0-9a-f-]{36}/), dialog.waitFor()]);
      if (await dialog.isVisible()) await dialog.click();
      await page.waitForURL(/\/sales\/invoices\/[0-9a-f-]{36}/);
      await page.waitForLoadState('networkidle');
      await picture(page, 'posted');

      await page.locator('a[href*="/finance/journal/"]').first().click();
      await page.waitForURL(/\/finance\/journal\/[0-9a-f-]{36}/);
      await page.waitForLoadState('networkidle');
      expect(await page.locator('main').innerText()).toMatch(/8400|1400|10\d{3}/);
      await picture(page, 'journal-entry');

      await page.goto('/finance/trial-balance?year=2011&month=12');
      await page.waitForLoadState('networkidle');
      expect(await page.locator('main').innerText()).toContain('8400');
      await picture(page, 'trial-balance');
      expect(faults).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

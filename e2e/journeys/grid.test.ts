import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, photograph, signIn, visitor } from './browser.ts';

/** The table in a real browser: by keyboard, in groups, filtered, changed in place, and for many rows at once. */

const rowCount = (page: Page) => page.getByRole('grid').getAttribute('aria-rowcount').then(Number);
const cell = (page: Page, row: number, column: string) =>
  page.locator(`[aria-rowindex="${row}"] > [data-col="${column}"]`);
/** Focuses a cell the way a reader does. */
const focus = async (page: Page, row: number, column: string) => {
  await cell(page, row, column).click();
  await expect.poll(() => page.getByRole('grid').getAttribute('aria-activedescendant')).toContain(`cell-${row - 1}-`);
};

describeWith('chromium', 'the table', (chromium) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];
  const picture = photograph('de');

  beforeAll(async () => {
    browser = await launch(chromium);
    ({ context, page } = await visitor(browser, 'de'));
    page.on('pageerror', (error) => faults.push(error.message));
    await signIn(page);
  });
  afterAll(async () => {
    await context.close();
    await browser.close();
  });

  test('is moved in by keyboard, and knows the last row of the set', async () => {
    await page.goto('/sales/invoices');
    await expect.poll(() => rowCount(page), { timeout: 10_000 }).toBeGreaterThan(20_000);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+End');
    const total = await rowCount(page);
    await expect.poll(() => page.locator(`[aria-rowindex="${total}"]`).innerText()).toMatch(/\d/);
    await page.keyboard.press('Control+Home');
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-activedescendant')).toBe('cell-0-0');
    expect(await page.getByRole('row').count()).toBeLessThan(200);

    await page.setViewportSize({ width: 1100, height: 800 });
    for (const key of ['End', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const focused = page.locator('.grid-body .is-focus');
    await expect.poll(() => focused.getAttribute('data-col')).toBe('issuedOn');
    const { x: left = 0 } = (await focused.boundingBox()) ?? {};
    const pinned = await page.locator('.grid-head .grid-pin--edge').boundingBox();
    expect(left).toBeGreaterThanOrEqual((pinned?.x ?? 0) + (pinned?.width ?? 0) - 1);

    // Scrolled sideways at its end, the foot still says whole what its sums are.
    await page.setViewportSize({ width: 700, height: 800 });
    await page.keyboard.press('Control+End');
    const label = page.locator('.grid-foot .label').last();
    await expect.poll(() => page.locator('.grid-foot .label').first().innerText()).toContain('–23.');
    expect(await label.evaluate((it) => [it.textContent, it.scrollWidth > it.clientWidth])).toEqual(['Summe', false]);
    await picture(page, 'foot-sideways');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('is filtered by nested conditions whose link shows the same again', async () => {
    await page.goto('/sales/invoices?f=any(status:in:CANCELLED;all(gross:gte:5000;country:in:DE))');
    await expect.poll(() => rowCount(page)).toBeGreaterThan(0);
    const before = await rowCount(page);
    await page.locator('.chip-val').first().click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.locator('.choices-count').count()).toBeGreaterThan(0);
    await picture(page, 'builder');
    await dialog.getByRole('button', { name: 'Anwenden' }).click();
    expect(new URL(page.url()).search).toContain('any(status:in:CANCELLED;all(gross:gte:5000;country:in:DE))');
    await page.reload();
    await expect.poll(() => rowCount(page)).toBe(before);
  });

  test('is grouped with sums, and a group opens into its rows', async () => {
    await page.goto('/sales/invoices?group=issuedOn.month');
    const group = page.locator('.grid-group', { hasText: 'November 2011' });
    await group.waitFor();
    expect(await group.locator('[data-col=net]').innerText()).toBe('1.461.756,25');
    const before = await rowCount(page);
    await group.locator('[data-col=number]').click();
    await expect.poll(() => rowCount(page)).toBe(before + 3211);
    expect(await group.locator('.grid-check').getAttribute('aria-expanded')).toBe('true');
    await picture(page, 'groups');
  });

  test('keeps a view under a name with a link of its own', async () => {
    await page.goto('/sales/invoices?f=country:in:FR&group=status');
    await page.getByRole('button', { name: 'Ansicht sichern' }).click();
    await page.getByLabel(/Name der Ansicht/).fill('Frankreich nach Status');
    await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
    const tab = page.getByRole('link', { name: 'Frankreich nach Status' });
    await tab.waitFor();
    expect(await tab.getAttribute('href')).toBe('?f=country:in:FR&group=status');
    await page.getByRole('button', { name: /Ansicht Frankreich nach Status entfernen/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
    await expect.poll(() => tab.count()).toBe(0);
  });

  test('takes new values in its cells, says what it refuses, and undoes', async () => {
    await page.goto('/inventory/articles');
    await cell(page, 3, 'category').waitFor();
    const before = await cell(page, 3, 'category').innerText();
    await focus(page, 3, 'category');
    await page.keyboard.type('Gummitiere');
    await page.keyboard.press('Enter');
    await expect.poll(() => cell(page, 3, 'category').innerText()).toBe('Gummitiere');
    await page.getByText('1 Zelle gespeichert').waitFor();
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await expect.poll(() => cell(page, 3, 'category').innerText()).toBe(before);

    await focus(page, 3, 'price');
    await page.keyboard.type('viel');
    await page.keyboard.press('Tab');
    await expect.poll(() => cell(page, 3, 'price').getAttribute('aria-invalid')).toBe('true');
    await picture(page, 'fault');
    await page.keyboard.press('Escape');
    await expect.poll(() => cell(page, 3, 'price').getAttribute('aria-invalid')).toBeNull();
  });

  test('shows both values when somebody else was first', async () => {
    await page.goto('/inventory/articles');
    await cell(page, 6, 'category').waitFor();
    const other = await context.newPage();
    await other.goto('/inventory/articles');
    await cell(other, 6, 'category').waitFor();
    for (const [at, name] of [
      [other, 'Zuerst'],
      [page, 'Danach'],
    ] as const) {
      await focus(at, 6, 'category');
      await at.keyboard.type(name);
      await at.keyboard.press('Enter');
      if (at === other) await other.getByText('1 Zelle gespeichert').waitFor();
    }
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Zuerst').waitFor();
    expect(await dialog.innerText()).toContain('Danach');
    await picture(page, 'conflict');
    await dialog.getByRole('button', { name: 'Meinen Wert übernehmen' }).click();
    await expect.poll(() => cell(page, 6, 'category').innerText()).toBe('Danach');
    await page.getByText('1 Zelle gespeichert').waitFor();
    await focus(page, 6, 'category');
    await page.keyboard.press('Delete');
    await expect.poll(() => cell(page, 6, 'category').innerText()).toBe('–');
    await other.close();
  });

  test('copies and pastes ranges of cells', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/inventory/articles');
    await cell(page, 8, 'category').waitFor();
    await focus(page, 8, 'category');
    await page.evaluate(`navigator.clipboard.writeText('Eins\\nZwei')`);
    await page.keyboard.press('Control+v');
    await expect.poll(() => cell(page, 9, 'category').innerText()).toBe('Zwei');
    await page.getByText('2 Zellen gespeichert').waitFor();
    await focus(page, 8, 'category');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toMatch(/^Eins\tStück\nZwei\tStück$/);
    await focus(page, 8, 'category');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Delete');
    await expect.poll(() => cell(page, 9, 'category').innerText()).toBe('–');
  });

  test('does one thing to everything that matches, and names what failed', async () => {
    await page.goto('/inventory/articles?f=sku:startsWith:1505&f=active:eq:true');
    await expect.poll(() => rowCount(page)).toBeGreaterThan(0);
    const count = await rowCount(page);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('toolbar');
    await expect.poll(() => bar.innerText()).toContain(String(count));
    await bar.getByRole('button', { name: 'Stilllegen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${count} Artikel stilllegen?`).waitFor();
    await dialog.getByRole('button', { name: 'Stilllegen' }).click();
    await dialog.getByText(`${count} von ${count} erledigt`).waitFor();
    await picture(page, 'bulk');
    await dialog.getByRole('button', { name: 'Fertig' }).click();
    await expect.poll(() => rowCount(page)).toBe(0);

    await page.goto('/inventory/articles?f=sku:startsWith:1505&f=active:eq:false');
    await expect.poll(() => rowCount(page)).toBe(count);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+a');
    await page.getByRole('toolbar').getByRole('button', { name: 'Aktivieren' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Aktivieren' }).click();
    await page.getByRole('dialog').getByText(`${count} von ${count} erledigt`).waitFor();
  });

  test('saves what it shows as a file', async () => {
    await page.goto('/sales/invoices?f=country:in:CY&group=status&cols=number,customerName,gross');
    await page.locator('.grid-group').first().waitFor();
    for (const [name, kind] of [
      ['Als CSV sichern', 'csv'],
      ['Als Excel-Datei sichern', 'xlsx'],
    ] as const) {
      await page.getByRole('button', { name: 'Exportieren' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name }).click();
      expect((await download).suggestedFilename()).toBe(`Rechnungen.${kind}`);
    }
    expect(faults).toEqual([]);
  });
});

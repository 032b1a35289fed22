import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { atDesk } from './browser.ts';

/** Buying, from the order to the payment, with the keys alone: after each step the focus stands where the next one is near. */

const record = (list: string) => new RegExp(`/${list}/[0-9a-f-]{36}$`);
/** As many stops as a reader may be asked to pass from where a page begins to what is done next. */
const stopsMax = 25;

describeWith('chromium', 'buying by keyboard alone', (chromium) => {
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ page } = desk);
    return desk.leave;
  });

  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return element.getAttribute('aria-label') ?? element.innerText?.trim() ?? '';
    });
  const stopAt = async (name: RegExp) => {
    const passed: string[] = [];
    for (let stops = 0; stops < stopsMax; stops++) {
      const here = await focused();
      if (name.test(here)) return;
      passed.push(here);
      await page.keyboard.press('Tab');
    }
    throw new Error(`${name} was not among ${passed.join(' | ')}`);
  };
  /** Whether the focus is in the field that a label is of. */
  const isIn = (label: string) => page.getByLabel(label).evaluate((field) => field === document.activeElement);
  const press = async (name: RegExp) => {
    await stopAt(name);
    await page.keyboard.press('Enter');
  };
  const state = () => page.locator('.doc-head .pill').first();
  const isState = (text: string) => expect.poll(() => state().innerText(), { timeout: 15_000 }).toContain(text);
  /** What is typed into a field that searches, once something was found for it. */
  const choose = async (text: string) => {
    await page.keyboard.type(text);
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
  };

  test('an order is written, received, billed, checked and paid', async () => {
    await page.goto('/');
    // From then on a page begins at its title.
    await page.waitForTimeout(5_000);
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.waitForURL('**/purchasing/orders');
    await expect.poll(focused).toBe('Bestellungen');
    await page.keyboard.press('n');
    await page.waitForURL('**/purchasing/orders/new');
    await expect.poll(focused).toBe('Lieferant');
    await choose('a');
    await stopAt(/^Artikel, Position 1/);
    await choose('85123A');
    await expect.poll(focused).toBe('Menge, Position 1');
    await page.keyboard.type('10');
    await page.keyboard.press('Enter');
    await page.keyboard.type('1,50');
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('orders'));
    await expect.poll(focused).toMatch(/^BE-/);
    await press(/^Freigeben/);
    await isState('Freigegeben');
    await press(/^Als versandt kennzeichnen/);
    await isState('Versandt');
    await press(/^Wareneingang anlegen/);
    await page.waitForURL(record('receipts'));
    await expect.poll(focused).toMatch(/^WE-/);
    await page.keyboard.press('e');
    await page.waitForURL('**/edit');
    await stopAt(/^Eingegangen, Position 1/);
    await page.keyboard.type('8');
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('receipts'));
    await press(/^Buchen/);
    await isState('Gebucht');

    await press(/^BE-/);
    await page.waitForURL(record('orders'));
    await press(/^Rechnung erfassen/);
    await page.waitForURL(/invoices\/new/);
    await expect.poll(focused).toMatch(/Kunde|Lieferant|Eingangsrechnung/);
    for (let stops = 0; stops < stopsMax && !(await isIn('Rechnungsnummer')); stops++) await page.keyboard.press('Tab');
    await page.keyboard.type(`R-${Date.now()}`);
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('invoices'));
    await press(/^Prüfen/);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Rest kommt nach');
    await page.keyboard.press('Enter');
    await isState('Geprüft');
    await press(/^Buchen/);
    await isState('Gebucht');
    await page.keyboard.press('z');
    await page.getByRole('dialog').locator('select option').first().waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await isState('Bezahlt');
  });
});

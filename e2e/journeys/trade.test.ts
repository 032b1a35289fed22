import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { atDesk } from './browser.ts';

/** Buying and selling from the first document to the last, as someone does it at a screen. */

const record = (list: string) => new RegExp(`/${list}/[0-9a-f-]{36}$`);

describeWith('chromium', 'trade', (chromium) => {
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ page } = desk);
    return desk.leave;
  });
  beforeEach(() => page.goto('/'));

  const choosePartner = async (text: string) => {
    await page.getByRole('combobox').first().fill(text);
    await page.getByRole('listbox').getByRole('option').first().click();
  };
  const enterLine = async (row: number, sku: string, quantity: string, price?: string) => {
    const line = page.locator(`[data-row="${row}"]`);
    await line.getByRole('combobox').first().fill(sku);
    await page.getByRole('listbox').getByRole('option').first().click();
    await line.locator('[data-col=quantity] input').fill(quantity);
    if (price) await line.locator('[data-col=unitPrice] input').fill(price);
  };
  const press = (name: string) => page.locator('main').getByRole('button', { name, exact: true }).click();
  const state = () => page.locator('.doc-head .pill').first();

  test('a quote becomes an order, a delivery in part and an invoice', async () => {
    await page.goto('/sales/quotes/new');
    await choosePartner('Kunde 1');
    await enterLine(0, '85123A', '10');
    await enterLine(1, '22423', '4');
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('quotes'));
    await press('Als versandt kennzeichnen');
    await expect.poll(() => state().innerText()).toContain('Versandt');
    await press('Annahme vermerken');
    await press('In Auftrag umwandeln');
    await page.waitForURL(record('orders'));
    await press('Bestätigen');
    await press('Lieferung anlegen');
    await page.waitForURL(record('deliveries'));

    await page.getByRole('link', { name: 'Bearbeiten' }).click();
    await page.waitForURL('**/edit');
    const quantities = page.locator('.quantities tbody input');
    await quantities.nth(0).fill('6');
    await quantities.nth(1).fill('0');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.waitForURL(record('deliveries'));
    await expect.poll(() => page.locator('.trade-lines tbody tr').count()).toBe(1);
    await press('Versenden');
    await expect.poll(() => state().innerText()).toContain('Versandt');
    await press('Rechnung schreiben');
    await page.waitForURL(record('invoices'));
    await expect.poll(() => page.locator('main').innerText()).toContain('85123A');
  });

  test('a purchase order is received with a rejection, billed, accepted with a reason and paid, also once more', async () => {
    await page.goto('/purchasing/orders/new');
    await choosePartner('a');
    await enterLine(0, '85123A', '10', '1,50');
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('orders'));
    const order = page.url();
    await press('Freigeben');
    await press('Als versandt kennzeichnen');
    await press('Wareneingang anlegen');
    await page.waitForURL(record('receipts'));
    await page.getByRole('link', { name: 'Bearbeiten' }).click();
    await page.waitForURL('**/edit');
    const quantities = page.locator('.quantities tbody input');
    await quantities.nth(0).fill('8');
    await quantities.nth(1).fill('1');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.waitForURL(record('receipts'));
    await press('Buchen');
    await expect.poll(() => state().innerText()).toContain('Gebucht');

    await page.goto(order);
    await page.getByRole('link', { name: 'Rechnung erfassen' }).click();
    await page.getByLabel('Rechnungsnummer').fill(`R-${Date.now()}`);
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('invoices'));
    await press('Prüfen');
    await page.getByRole('dialog').getByRole('textbox').fill('Rest kommt nach');
    await page.getByRole('dialog').getByRole('button', { name: 'Prüfen' }).click();
    await press('Buchen');
    const pay = async () => {
      await press('Zahlung erfassen Z');
      await page.getByRole('dialog').getByRole('button', { name: 'Zahlung erfassen' }).click();
      await expect.poll(() => state().innerText(), { timeout: 15_000 }).toContain('Bezahlt');
    };
    await pay();
    await press('Zahlung zurücknehmen');
    await page.getByRole('dialog').getByLabel('Grund').fill('Falsches Konto');
    await page.getByRole('dialog').getByRole('button', { name: 'Zahlung zurücknehmen' }).click();
    await expect.poll(() => state().innerText(), { timeout: 15_000 }).toContain('Gebucht');
    expect(await page.locator('.timeline').innerText()).toContain('Falsches Konto');
    await pay();
  });

  test('a new document goes on with its draft after the tab was lost, and is saved as it is', async () => {
    await page.goto('/sales/quotes/new');
    await choosePartner('Kunde 1');
    await enterLine(0, '22086', '7');
    await page.locator('.draft-state').waitFor();
    const again = await page.context().newPage();
    await page.close();
    page = again;
    await page.goto('/sales/quotes/new');
    await page.getByRole('button', { name: 'Fortsetzen' }).click();
    await expect.poll(() => page.getByLabel('Menge, Position 1').inputValue()).toBe('7');
    await page.keyboard.press('Control+s');
    await page.waitForURL(record('quotes'));
  });

  test('what is missing is said at its field, and nothing typed is lost', async () => {
    await page.goto('/sales/orders/new');
    await page.getByLabel('Bemerkung').fill('Eilig');
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBe(1);
    expect(await page.locator('.entry-side').innerText()).toContain('2 Angaben prüfen');
    expect(await page.getByLabel('Bemerkung').inputValue()).toBe('Eilig');
  });
});

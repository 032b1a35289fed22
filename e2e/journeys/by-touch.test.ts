import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { overflowing } from '../quality/visit.ts';
import { launch, photograph, signIn } from './browser.ts';

/** Selling, from the quote to the money, on a phone: by thumb alone, and nothing reaches beyond the screen on the way. */

const record = (list: string) => new RegExp(`/${list}/[0-9a-f-]{36}$`);

describeWith('chromium', 'selling on a phone', (chromium) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch(chromium);
    const context = await browser.newContext({
      baseURL: inject('installation').webUrl,
      locale: 'de-DE',
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await signIn(page);
  });
  afterAll(() => browser.close());

  const picture = photograph('de');
  /** Taps on what a thumb can hit. */
  const tap = async (target: Locator) => {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), String(target)).toBeGreaterThanOrEqual(36);
    await target.tap();
  };
  const press = (name: string | RegExp) => tap(page.locator('main').getByRole('button', { name }).first());
  const state = () => page.locator('.doc-head .pill').first();
  const isState = (text: string) => expect.poll(() => state().innerText(), { timeout: 15_000 }).toContain(text);
  const arrive = async (list: string, name: string) => {
    await page.waitForURL(record(list));
    await page.locator('.doc-head').waitFor();
    expect(await overflowing(page), name).toEqual([]);
    await picture(page, `touch-${name}`);
  };
  const choose = async (field: Locator, text: string) => {
    await field.tap();
    await field.fill(text);
    await page.getByRole('listbox').getByRole('option').first().tap();
  };

  test('a quote becomes an order, a delivery, an invoice and money', async () => {
    await page.goto('/sales/quotes');
    await tap(page.locator('.bottombar-new'));
    await page.waitForURL('**/sales/quotes/new');
    await choose(page.getByRole('combobox').first(), 'Kunde 1');
    const line = page.locator('[data-row="0"]');
    await choose(line.getByRole('combobox').first(), '85123A');
    await line.locator('[data-col=quantity] input').fill('2');
    expect(await overflowing(page), 'quote form').toEqual([]);
    await picture(page, 'touch-quote-form');
    await tap(page.locator('.savebar').getByRole('button', { name: /^Speichern/ }));
    await arrive('quotes', 'quote');
    await press('Als versandt kennzeichnen');
    await isState('Versandt');
    await press('Annahme vermerken');
    await press('In Auftrag umwandeln');
    await arrive('orders', 'order');
    await press('Bestätigen');
    await press('Lieferung anlegen');
    await arrive('deliveries', 'delivery');
    await press('Versenden');
    await isState('Versandt');
    await press('Rechnung schreiben');
    await arrive('invoices', 'invoice');
    await press(/^Buchen/);
    await picture(page, 'touch-post');
    await tap(page.getByRole('dialog').getByRole('button', { name: 'Buchen', exact: true }));
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^RE-/);
    await press(/^Zahlung erfassen/);
    await page.getByRole('dialog').locator('select').waitFor();
    await picture(page, 'touch-payment');
    await tap(page.getByRole('dialog').getByRole('button', { name: 'Zahlung erfassen' }));
    await isState('Bezahlt');
    expect(await overflowing(page), 'paid invoice').toEqual([]);
    await picture(page, 'touch-paid');
  }, 180_000);
});

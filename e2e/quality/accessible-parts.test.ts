import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn } from '../graph.ts';
import { launch } from '../journeys/browser.ts';
import { axeFindings, contextFor, open, overflowing, sessionOf, type View } from './visit.ts';

/** What opens over a page, looked at as pages are: by axe, at a desk and on a phone, in both themes, and within the width. */

interface Part {
  readonly name: string;
  readonly path: string;
  /** Opens it; `only` tells on which screens it is offered. */
  readonly show: (page: Page) => Promise<unknown>;
  readonly only?: 'desk' | 'phone';
}

const dialog = (page: Page) => page.getByRole('dialog').waitFor();
/** A button by its words; its key may stand behind them. */
const press = (words: string) => async (page: Page) => {
  const name = new RegExp(`^${words}( [A-Z])?$`);
  await page.locator('main').getByRole('button', { name }).first().click();
  await dialog(page);
};
const popped = (trigger: string) => async (page: Page) => {
  await page.locator(trigger).click();
  await page.locator('[popover]:popover-open').waitFor();
};
const byKey = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await dialog(page);
};

describeWith('chromium', 'what opens over a page', (chromium) => {
  let browser: Browser;
  let cookies: Awaited<ReturnType<typeof sessionOf>>;
  let parts: readonly Part[];

  beforeAll(async () => {
    browser = await launch(chromium);
    cookies = await sessionOf(browser);
    const { open: unpaid, drafts } = await (await signedIn()).ask(`{
      open: salesInvoices(first: 1, filter: { status: { eq: POSTED }, kind: { eq: INVOICE }, paymentStatus: { eq: OPEN } }) { edges { node { id } } }
      drafts: salesInvoices(first: 1, filter: { status: { eq: DRAFT } }) { edges { node { id } } } }`);
    const invoice = `/sales/invoices/${unpaid.edges[0].node.id}`;
    const draft = drafts.edges[0] && `/sales/invoices/${drafts.edges[0].node.id}`;
    parts = [
      { name: 'palette', path: '/', show: byKey('Control+k') },
      { name: 'keys', path: '/sales/invoices', show: byKey('?'), only: 'desk' },
      { name: 'menu of the reader', path: '/', show: popped('.avatar-tool'), only: 'desk' },
      { name: 'menu of companies', path: '/', show: popped('.company'), only: 'desk' },
      { name: 'ways to group', path: '/sales/invoices', show: popped('[popovertarget=group-menu]') },
      { name: 'filter', path: '/sales/invoices?f=status:in:POSTED', show: press('Filter') },
      { name: 'columns', path: '/sales/invoices', show: press('Spalten'), only: 'desk' },
      { name: 'order', path: '/sales/invoices', show: press('Sortieren'), only: 'phone' },
      { name: 'view to be saved', path: '/sales/invoices?q=Kunde', show: press('Ansicht sichern') },
      {
        name: 'chosen rows',
        path: '/sales/invoices',
        show: async (page) => {
          await page.locator('[aria-rowindex="2"] .grid-check, [aria-rowindex="3"] .grid-check').first().click();
          await page.locator('.bulkbar').waitFor();
        },
      },
      {
        name: 'deed for many',
        path: '/sales/invoices?f=status:in:POSTED&f=kind:in:INVOICE',
        show: async (page) => {
          await page.locator('[aria-rowindex="2"] .grid-check, [aria-rowindex="3"] .grid-check').first().click();
          await page.locator('.bulkbar').getByRole('button', { name: 'Stornieren' }).click();
          await dialog(page);
        },
      },
      { name: 'payment', path: invoice, show: press('Zahlung erfassen') },
      { name: 'cancelling', path: invoice, show: press('Stornieren') },
      { name: 'settling', path: invoice, show: press('Verrechnen') },
      ...(draft ? [{ name: 'posting', path: draft, show: press('Buchen') }] : []),
      { name: 'period', path: '/finance/periods?year=2011', show: press('Dezember 2011 ändern') },
      {
        name: 'leaving',
        path: '/crm/partners/new',
        show: async (page) => {
          await page.fill('input[name=name]', 'Kontor');
          await page.locator('main a', { hasText: 'Abbrechen' }).click();
          await dialog(page);
        },
      },
      {
        name: 'what a field finds',
        path: '/sales/quotes/new',
        show: async (page) => {
          await page.getByRole('combobox').first().fill('Kunde 1');
          await page.getByRole('listbox').getByRole('option').first().waitFor();
        },
      },
    ];
  });
  afterAll(() => browser.close());

  const views = (['light', 'dark'] as const).flatMap((theme) =>
    [360, 1440].map((width): View => ({ language: 'de', theme, width })),
  );
  test.each(views.map((view) => [view.theme, view.width, view] as const))(
    'is without findings, %s at %i px',
    async (_theme, width, view) => {
      const context = await contextFor(browser, view, cookies);
      const page = await context.newPage();
      page.setDefaultTimeout(5_000);
      const wrong: string[] = [];
      for (const { name, path, show, only } of parts) {
        if (only && only !== (width < 640 ? 'phone' : 'desk')) continue;
        await open(page, path);
        await page.waitForTimeout(500);
        await show(page).catch((fault) => wrong.push(`${name}: ${String(fault).split('\n')[0]}`));
        await page.waitForTimeout(300);
        for (const beyond of await overflowing(page)) wrong.push(`${name} reaches beyond the page: ${beyond}`);
        for (const { rule, targets } of await axeFindings(page))
          wrong.push(`${name}: ${rule}\n    ${targets.join('\n    ')}`);
      }
      await context.close();
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});

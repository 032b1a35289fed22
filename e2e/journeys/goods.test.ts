import { today } from '@valeo/kit/day.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, signedIn } from '../graph.ts';
import { launch, pressToGo, signIn, visitor } from './browser.ts';

/** Goods in their places: counting, warehouses, and taking back what came in. */

describeWith('chromium', 'goods', (chromium) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let graph: Graph;
  let article: { id: string; sku: string };
  beforeAll(async () => {
    browser = await launch(chromium);
    ({ context, page } = await visitor(browser, 'de'));
    await signIn(page);
    graph = await signedIn();
    const sku = `ZAEHL-${Date.now()}`;
    article = (await graph.mutate('createArticle', { sku, name: 'Gezähltes' }, '{ article { id sku } }')).article;
  });
  afterAll(async () => {
    await context.close();
    await browser.close();
  });
  const main = () => page.locator('main');
  const state = () => page.locator('.doc-head .pill').first();
  const takeBack = async (reason: string) => {
    await main().getByRole('button', { name: 'Stornieren', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Grund').fill(reason);
    await dialog.getByRole('button', { name: 'Stornieren' }).click();
    await expect.poll(() => state().innerText()).toContain('Storniert');
  };

  test('a shelf is counted with the keys alone, and the article shows the new stock', async () => {
    await page.goto('/inventory/stock-movements');
    await pressToGo(page, 'n', '**/stock-movements/new');
    const field = page.getByRole('combobox', { name: 'Artikel' });
    for (const [counted, correction] of [
      ['12', '+12'],
      ['10', '−2'],
      ['10', 'stimmt'],
    ] as const) {
      await field.fill(article.sku);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type(counted);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.count-done tbody tr').first().innerText()).toContain(correction);
    }
    await page.goto(`/inventory/articles/${article.id}`);
    expect(await page.locator('.doc-side .bigsum').first().innerText()).toContain('10');
    await page.keyboard.press('b');
    await page.waitForURL(`**/stock-movements/new?article=${article.id}`);
    await expect.poll(() => main().innerText()).toContain('Bestand: 10 Stück');
  });

  test('a warehouse is made, renamed and taken out of use', async () => {
    const code = `H${Date.now() % 1_000_000}`;
    await page.goto('/inventory/warehouses');
    await pressToGo(page, 'n', '**/warehouses/new');
    await page.getByLabel('Kürzel').fill(code);
    await page.getByLabel('Name').fill('Halle Nord');
    await main().getByRole('button', { name: 'Anlegen' }).click();
    await page.waitForURL('**/inventory/warehouses');
    await page.getByRole('link', { name: code }).click();
    await page.waitForURL('**/edit');
    await page.getByLabel('Name').fill('Halle Süd');
    await page.getByLabel('Aktiv').selectOption({ label: 'Nein' });
    await main().getByRole('button', { name: 'Speichern' }).click();
    await page.waitForURL('**/inventory/warehouses');
    await page.goto('/inventory/warehouses?f=active:eq:false');
    await expect.poll(() => page.locator('[role=grid]').innerText()).toContain('Halle Süd');
  });

  test('a goods receipt is taken back with a reason: its goods leave the stock and its page tells why', async () => {
    const supplierId = await supplier();
    const lines = [{ articleId: article.id, received: '7' }];
    const { goodsReceipt } = await graph.mutate('createGoodsReceipt', { supplierId, lines }, '{ goodsReceipt { id } }');
    await graph.mutate('postGoodsReceipt', { id: goodsReceipt.id }, '{ error { code } }');
    await page.goto(`/purchasing/receipts/${goodsReceipt.id}`);
    await takeBack('Falsche Ware');
    const movements = main().locator('section', { hasText: 'Lagerbewegungen' });
    await expect.poll(() => movements.innerText()).toContain('−7');
    const history = await page.locator('.doc-side .timeline').innerText();
    expect(history).toContain('Falsche Ware');
    expect(history).toContain('Erika Mustermann');
    expect(await main().getByRole('button', { name: 'Stornieren' }).count()).toBe(0);
  });

  test('a bill is cancelled by the entry that reverses it, which its page leads to', async () => {
    const supplierId = await supplier();
    const bill = {
      supplierId,
      supplierNumber: `S-${Date.now()}`,
      lines: [{ description: 'Fracht', quantity: '1', unitPrice: '50' }],
    };
    const made = await graph.mutate(
      'createSupplierInvoice',
      { ...bill, issuedOn: today() },
      '{ supplierInvoice { id } }',
    );
    const { id } = made.supplierInvoice;
    await graph.mutate('checkSupplierInvoice', { id }, '{ error { code } }');
    await graph.mutate('postSupplierInvoice', { id }, '{ error { code } }');
    await page.goto(`/purchasing/invoices/${id}`);
    await takeBack('Doppelt erfasst');
    const related = page.locator('.related li', { hasText: 'Storno' });
    await related.getByRole('link').click();
    await page.waitForURL('**/finance/journal/*');
    await expect.poll(() => main().innerText()).toContain('Storno');
  });

  test('a quote is printed as a letter, and shows its chain and who did what', async () => {
    const { businessPartners } = await graph.ask(
      '{ businessPartners(first: 1, filter: { kinds: { contains: CUSTOMER } }) { edges { node { id } } } }',
    );
    const customerId = businessPartners.edges[0].node.id;
    const lines = [{ articleId: article.id, quantity: '2', unitPrice: '3.50' }];
    const { quote } = await graph.mutate('createQuote', { customerId, lines }, '{ quote { id number } }');
    for (const status of ['SENT', 'ACCEPTED']) {
      await graph.mutate('setQuoteStatus', { id: quote.id, status }, '{ error { code } }');
    }
    const { salesOrder } = await graph.mutate('convertQuote', { id: quote.id }, '{ salesOrder { number } }');
    await page.goto(`/sales/quotes/${quote.id}`);
    expect(await page.locator('.related').innerText()).toContain(salesOrder.number);
    expect(await page.locator('.doc-side .timeline li').count()).toBe(4);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.paper h2').innerText()).toBe(`Angebot ${quote.number}`);
    expect(await page.locator('.paper footer').innerText()).toContain('USt-IdNr.');
    expect(await page.locator('.doc-head').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  const supplier = async (): Promise<string> =>
    (
      await graph.ask(
        '{ businessPartners(first: 1, filter: { kinds: { contains: SUPPLIER } }) { edges { node { id } } } }',
      )
    ).businessPartners.edges[0].node.id;
});

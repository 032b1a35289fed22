import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Graph, ownCompany } from '../graph.ts';
import { launch } from '../journeys/browser.ts';
import { allRoutes } from './routes.ts';
import { contextFor, open } from './visit.ts';

/** Text that wants to be a script, in every field that takes text, on every page that shows it: it stays text. */

const probes = [
  `<img src=x onerror="window.hacked=1">`,
  `"><svg onload="window.hacked=1"></svg>`,
  `</script><script>window.hacked=1</script>`,
  `'-(window.hacked=1)-'`,
  `javascript:window.hacked=1`,
  `{{constructor.constructor('window.hacked=1')()}}`,
];
const text = probes.join(' ').slice(0, 200);
/** Of a form, with a line of each kind it has. */
const fieldsMost = 24;
/** Where little fits. */
const short = probes[0] as string;

describeWith('chromium', 'hostile text', (chromium) => {
  let browser: Browser;
  let graph: Graph;
  let token: string;
  const paths: string[] = [];

  beforeAll(async () => {
    browser = await launch(chromium);
    ({ graph, token } = await ownCompany());
    const create = async (name: string, input: object, object: string, folder?: string): Promise<string> => {
      const payload = await graph.mutate(name, input, `{ ${object} { id } error { code message } }`);
      expect(payload.error, name).toBeNull();
      if (folder) paths.push(`${folder}/${payload[object].id}`);
      return payload[object].id;
    };
    const partner = await create(
      'createBusinessPartner',
      {
        name: text,
        kinds: ['CUSTOMER', 'SUPPLIER'],
        country: 'DE',
        idempotencyKey: 'p',
      },
      'businessPartner',
      '/crm/partners',
    );
    const article = await create(
      'createArticle',
      {
        sku: '<img src=x onerror=hacked=1>',
        name: text,
        unit: 'C62',
        price: '1.00',
        taxCode: 'U19',
        idempotencyKey: 'a',
      },
      'article',
      '/inventory/articles',
    );
    const lines = [{ articleId: article, quantity: '1', unitPrice: '1.00', taxCode: 'U19', description: text }];
    const bought = [{ articleId: article, quantity: '1', unitPrice: '1.00', description: text }];
    const dated = { suppliedOn: '2026-01-15', issuedOn: '2026-01-15' };
    const sold = { customerId: partner, reference: short, note: text, lines };
    await create('createSalesInvoice', { ...sold, ...dated }, 'salesInvoice', '/sales/invoices');
    await create('createQuote', sold, 'quote', '/sales/quotes');
    const order = await create('createSalesOrder', sold, 'salesOrder', '/sales/orders');
    await graph.mutate('confirmSalesOrder', { id: order }, '{ error { code } }');
    await create('createDelivery', { orderId: order, note: text }, 'delivery', '/sales/deliveries');
    const ordered = { supplierId: partner, note: text };
    await create('createPurchaseOrder', { ...ordered, lines: bought }, 'purchaseOrder', '/purchasing/orders');
    const received = [{ articleId: article, received: '1' }];
    const receipt = { ...ordered, deliveryNote: short, lines: received };
    await create('createGoodsReceipt', receipt, 'goodsReceipt', '/purchasing/receipts');
    const bill = { ...ordered, ...dated, supplierNumber: short.slice(0, 30), lines: bought };
    await create('createSupplierInvoice', bill, 'supplierInvoice', '/purchasing/invoices');
    await create('createActivity', { kind: 'NOTE', subject: text, body: text, partnerId: partner }, 'activity');
    const chance = {
      title: text,
      partnerId: partner,
      expectedAmount: '1.00',
      expectedCloseOn: '2026-12-31',
      note: text,
    };
    await create('createOpportunity', chance, 'opportunity');
    await create('createWarehouse', { code: 'X', name: text.slice(0, 60) }, 'warehouse');
    await create('createRole', { name: text.slice(0, 60), permissions: ['crm:read'] }, 'role', '/settings/roles');
    await create('createLedgerAccount', { number: '4987', name: text.slice(0, 100), type: 'EXPENSE' }, 'ledgerAccount');
    paths.push('/finance/accounts/4987');
    const paid = { bankAccount: 'DE02120300000000202051', bookedOn: '2026-01-15', amount: '1.00' };
    const named = { ...paid, counterpartName: short, purpose: text, note: text };
    await create('createBankTransaction', named, 'bankTransaction', '/finance/bank');
    const view = { key: 'views/salesInvoices/probe', value: { name: text, query: `q=${encodeURIComponent(text)}` } };
    await graph.mutate('setPreference', view, '{ error { code } }');
    const { entries } = await graph
      .mutate(
        'postJournalEntries',
        {
          entries: [
            {
              postedOn: '2026-01-15',
              text,
              reference: short.slice(0, 30),
              lines: [
                { account: '4930', debit: '1.00' },
                { account: '1200', credit: '1.00' },
              ],
            },
          ],
          idempotencyKey: 'j',
        },
        '{ entries { id } errors { code message } }',
      )
      .then((payload) => {
        expect(payload.errors).toEqual([]);
        return payload;
      });
    paths.push(`/finance/journal/${entries[0].id}`);
    paths.push('/', ...(await allRoutes()).filter(({ kind }) => kind === 'list').map(({ path }) => path));
    // The address is text as well.
    const given = encodeURIComponent(text);
    paths.push(`/sales/invoices?q=${given}`, `/crm/partners?f=${given}`, `/settings?tab=${given}`, `/${given}`);
  });
  afterAll(() => browser.close());

  const isHacked = (page: Page) => page.evaluate(() => 'hacked' in window);

  test('is shown as it was written, and no script of it runs', async () => {
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, []);
    await context.addCookies([{ name: 'valeo_access', value: token, url: inject('installation').webUrl }]);
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.dismiss());
    const wrong: string[] = [];
    let seen = 0;
    for (const path of paths) {
      await open(page, path);
      if (page.url().includes('/sign-in')) wrong.push(`${path}: not signed in`);
      if (await isHacked(page)) wrong.push(`${path}: a script ran`);
      const injected = await page.locator('main img[src="x"], main svg[onload], main script:not([nonce])').count();
      if (injected > 0) wrong.push(`${path}: markup came alive`);
      if ((await page.locator('main').innerText()).includes('onerror=')) seen += 1;
      const handlers = await page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((each) =>
            each.getAttributeNames().some((name) => /^on/.test(name)),
          ).length,
      );
      if (handlers > 0) wrong.push(`${path}: ${handlers} inline handlers`);
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThanOrEqual(20);
    await context.close();
  }, 300_000);

  test('in the fields of every form it neither runs nor is lost', async () => {
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, []);
    await context.addCookies([{ name: 'valeo_access', value: token, url: inject('installation').webUrl }]);
    const page = await context.newPage();
    const wrong: string[] = [];
    const empty = (await allRoutes()).filter(({ kind, pattern }) => kind === 'form' && !pattern.includes('['));
    const settings = ['/settings', '/settings?tab=company', '/settings?tab=clients'];
    for (const path of [...empty.map((route) => route.path), ...settings]) {
      await open(page, path);
      const fields = page.locator(
        'main :is(input[type=text], input[type=search], input[type=url], input:not([type]), textarea):visible:enabled',
      );
      expect(await fields.count(), path).toBeGreaterThan(0);
      // Lines of a document grow while they are filled in.
      for (let at = 0; at < Math.min(await fields.count(), fieldsMost); at += 1) {
        const field = fields.nth(at);
        if (await field.evaluate((element) => (element as HTMLInputElement).readOnly)) continue;
        await field.fill(short);
        await page.keyboard.press('Tab');
      }
      await page.waitForTimeout(300);
      if (await isHacked(page)) wrong.push(path);
    }
    expect(wrong).toEqual([]);
    await context.close();
  }, 300_000);

  test('policy of every page: scripts by nonce alone, nothing from elsewhere, and cookies out of reach of scripts', async () => {
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, []);
    const page = await context.newPage();
    const nonces = new Set<string>();
    for (const path of ['/sign-in', '/sign-up', '/styleguide', '/__floor']) {
      const policy = (await page.goto(path))?.headers()['content-security-policy'] ?? '';
      const script = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
      expect(script, path).toMatch(/'nonce-[\w+/=]+'.*'strict-dynamic'/);
      expect(script, path).not.toContain('unsafe');
      expect(policy).toMatch(/object-src 'none'.*frame-ancestors 'none'/);
      expect(policy).toContain("connect-src 'self'");
      nonces.add(script);
      expect(await page.evaluate(() => document.cookie)).not.toMatch(/valeo_(access|refresh)/);
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/eyJ/);
    }
    expect(nonces.size).toBe(4);
    await context.close();
  });
});

import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Graph, ownCompany } from '../graph.ts';
import { launch } from '../journeys/browser.ts';
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
    await create(
      'createSalesInvoice',
      {
        customerId: partner,
        suppliedOn: '2026-01-15',
        lines: [{ articleId: article, quantity: '1', unitPrice: '1.00', taxCode: 'U19' }],
        idempotencyKey: 'i',
      },
      'salesInvoice',
      '/sales/invoices',
    );
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
    paths.push(
      '/',
      '/crm/partners',
      '/inventory/articles',
      '/sales/invoices',
      '/finance/journal',
      '/finance/open-items',
    );
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
    expect(seen).toBeGreaterThanOrEqual(6);
    await context.close();
  }, 120_000);

  test('in the fields of every form it neither runs nor is lost', async () => {
    const context = await contextFor(browser, { language: 'en', theme: 'light', width: 1440 }, []);
    await context.addCookies([{ name: 'valeo_access', value: token, url: inject('installation').webUrl }]);
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const path of ['/crm/partners/new', '/inventory/articles/new', '/sales/invoices/new', '/crm/activities/new']) {
      await open(page, path);
      const fields = page.locator('main :is(input[type=text], input:not([type]), textarea):visible:enabled');
      for (let at = 0; at < Math.min(await fields.count(), 12); at += 1) {
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
  }, 120_000);

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

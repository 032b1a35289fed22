import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO, type Graph, signedIn } from '../graph.ts';
import { photograph, signIn } from './browser.ts';
import { OwnWeb } from './own-web.ts';

/** Scripts of the page that were asked for before it was painted, and so took the processor from it. */
const scriptsBeforePaint = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const addresses = document.querySelector<HTMLScriptElement>('script[data-src]')?.dataset.src?.split(' ') ?? [
      'no script waits',
    ];
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    return addresses.filter((each) => {
      const [entry] = performance.getEntriesByName(new URL(each, location.href).href);
      return !(entry && entry.startTime >= painted);
    });
  });

/** Without a connection means: the web server was killed, and so was the browser. */

describeWith('chromium', 'without a connection', (executablePath) => {
  let web: OwnWeb;
  let profile: string;
  let context: BrowserContext | undefined;
  let graph: Graph;
  const picture = photograph('de');
  const suffix = Date.now().toString(36).toUpperCase();
  const name = `Offline Kontor ${suffix}`;
  const sku = `OFF-${suffix}`;

  const open = async (): Promise<Page> => {
    context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
      baseURL: web.url,
      locale: 'de-DE',
      viewport: { width: 1440, height: 900 },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(30_000);
    return page;
  };
  const controlled = (page: Page) =>
    page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
  /** Waits until the worker has kept a page. */
  const kept = (page: Page, path: string) =>
    expect
      .poll(() => page.evaluate(async (wanted) => Boolean(await caches.match(wanted)), path), { timeout: 60_000 })
      .toBe(true);
  const save = (page: Page) => page.locator('main .btn--primary[type=submit]').click();
  const choose = (page: Page, fileName: string) =>
    page.locator('.file-add input').setInputFiles({
      name: fileName,
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.7 ${fileName}`),
    });
  const queued = async (page: Page, count: number) => {
    await page.waitForURL('**/outbox');
    await expect.poll(() => page.locator('.outbox-row').count(), { timeout: 30_000 }).toBe(count);
  };

  beforeAll(async () => {
    graph = await signedIn();
    profile = await mkdtemp(join(tmpdir(), 'valeo-profile-'));
    web = new OwnWeb(await freePort());
    await web.start();
  });
  afterAll(async () => {
    await context?.close();
    await web.kill();
    await rm(profile, { recursive: true, force: true });
  });

  test('what was visited can be read, records can be created and changed, and all of it arrives once', async () => {
    const created = await graph.mutate(
      'createBusinessPartner',
      { name: `Bekannt ${suffix}`, kinds: ['CUSTOMER'], country: 'DE', phone: '040 1' },
      '{ businessPartner { id version } error { code } }',
    );
    const { id, version } = created.businessPartner;

    let page = await open();
    await signIn(page);
    await controlled(page);
    await kept(page, '/sales/invoices/new');
    await page.goto('/sales/invoices');
    const first = page
      .locator('[role=grid] a[href*="/sales/invoices/"]')
      .filter({ hasText: /RE-|GS-/ })
      .first();
    await first.waitFor();
    const invoice = (await first.getAttribute('href')) as string;
    // Through the router: its document is fetched by the worker.
    await first.click();
    await page.waitForURL(`**${invoice}`);
    await kept(page, invoice);
    await page.goto(`/crm/partners/${id}/edit`);
    await kept(page, `/crm/partners/${id}/edit`);
    await context?.close();
    await web.kill();

    page = await open();
    await page.goto('/sales/invoices');
    await page.locator('[role=grid] [aria-rowindex] a').first().waitFor();
    await page.locator('.connection--offline').waitFor();
    expect(await scriptsBeforePaint(page)).toEqual([]);
    await picture(page, 'offline-list');
    await page.goto(invoice);
    expect(await page.locator('h1').innerText()).toMatch(/RE-|GS-/);
    await page.goto('/finance/journal');
    expect(await page.locator('h1').innerText()).toBe('Keine Verbindung');

    await page.goto('/crm/partners/new');
    await page.locator('.connection--offline').waitFor();
    await page.fill('input[name=name]', name);
    await choose(page, 'Gewerbeschein.pdf');
    await save(page);
    await queued(page, 2);
    await page.goto('/inventory/articles/new');
    await page.locator('.connection--offline').waitFor();
    await page.fill('input[name=sku]', sku);
    await page.fill('input[name=name]', 'Unterwegs angelegt');
    await page.selectOption('select[name=unit]', 'C62');
    await page.fill('input[name=price]', '12,50');
    await page.selectOption('select[name=kind]', 'GOODS');
    await page.selectOption('select[name=taxCode]', { index: 1 });
    await save(page);
    await queued(page, 3);
    await page.goto('/sales/invoices/new');
    await page.locator('.connection--offline').waitFor();
    const option = page.locator('[role=listbox] [role=option]').first();
    await page.getByRole('combobox', { name: 'Kunde' }).fill(name);
    await option.click();
    await page.locator('[data-row="0"]').getByRole('combobox').first().fill(sku);
    await option.click();
    await page.locator('[data-row="0"]').getByLabel(/Menge/).fill('3');
    await choose(page, 'Bestellung.pdf');
    await page.getByRole('button', { name: /Prüfen und buchen/ }).click();
    await page.getByText('Buchen geht nur mit Verbindung.', { exact: false }).first().waitFor();
    await queued(page, 5);
    await page.goto(`/crm/partners/${id}/edit`);
    await page.locator('.connection--offline').waitFor();
    await page.fill('input[name=phone]', '040 2');
    await page.fill('input[name=email]', 'neu@kontor.example');
    await save(page);
    await queued(page, 6);
    await page.goto(invoice);
    await choose(page, `Foto ${suffix}.png`);
    await page.locator('#attachments').getByText('Wartet').waitFor();
    await picture(page, 'attachment-waiting');
    await page.goto('/outbox');
    await queued(page, 7);
    await picture(page, 'outbox');
    // The tab goes, the browser goes, and meanwhile somebody else is quicker.
    await context?.close();
    await graph.mutate(
      'updateBusinessPartner',
      { id, version, phone: '040 3', website: 'https://kontor.example' },
      '{ error { code } }',
    );
    await web.start();

    page = await open();
    await page.goto('/outbox');
    await expect.poll(() => page.locator('.outbox-row').count(), { timeout: 60_000 }).toBe(1);
    await page.getByText('Zwei Werte').first().waitFor();
    await page.locator('.connection--failed').waitFor();
    await picture(page, 'outbox-conflict');
    await page.getByRole('link', { name: 'Wählen' }).click();
    const merge = page.locator('.merge');
    await merge.waitFor();
    await picture(page, 'merge');
    expect(await merge.locator('li').count()).toBe(1);
    await merge.getByRole('button', { name: '040 2' }).click();
    await save(page);
    await page.waitForURL(`**/crm/partners/${id}`);

    const files = 'attachments { edges { node { fileName } } }';
    const partners = `{ businessPartners(first: 5, filter: { name: { eq: "${name}" } }) { edges { node { id ${files}
      salesInvoices(first: 5) { edges { node { ${files} status lines { quantity article { sku } } } } } } } }
      businessPartner(id: "${id}") { phone email website }
      articles(first: 5, filter: { sku: { eq: "${sku}" } }) { totalCount }
      attachments(filter: { fileName: { eq: "Foto ${suffix}.png" } }) { edges { node { recordId } } } }`;
    const done = await graph.ask(partners);
    expect(done.businessPartner).toEqual({
      phone: '040 2',
      email: 'neu@kontor.example',
      website: 'https://kontor.example',
    });
    expect(done.articles.totalCount).toBe(1);
    const names = (fileName: string) => ({ attachments: { edges: [{ node: { fileName } }] } });
    expect(done.businessPartners.edges).toHaveLength(1);
    expect(done.businessPartners.edges[0].node).toMatchObject(names('Gewerbeschein.pdf'));
    expect(done.attachments.edges).toEqual([{ node: { recordId: invoice.split('/').at(-1) } }]);
    expect(done.businessPartners.edges[0].node.salesInvoices.edges).toEqual([
      {
        node: {
          ...names('Bestellung.pdf'),
          status: 'DRAFT',
          lines: [{ quantity: expect.stringMatching(/^3/), article: { sku } }],
        },
      },
    ]);

    // Signing out forgets what was seen.
    await page.evaluate(() => document.querySelector<HTMLFormElement>('form[action="/auth/sign-out"]')?.submit());
    await page.waitForURL('**/sign-in**');
    expect(await page.evaluate(async () => (await caches.keys()).filter((each) => each.includes('seen')))).toEqual([]);
    expect(await page.evaluate(waitingWrites)).toBe(0);
    await signIn(page, DEMO.owner);
  });
});

/** Runs in the page: how many writes, files among them, this browser still holds. */
const waitingWrites = () =>
  new Promise<number>((resolve, reject) => {
    const opening = indexedDB.open('valeo');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('writes').objectStore('writes').count();
      counting.onsuccess = () => resolve(counting.result);
    };
  });

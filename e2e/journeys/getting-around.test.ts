import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { beforeAll, expect, inject, test } from 'vitest';
import { atDesk, signIn, visitor } from './browser.ts';

/** Ways from one place of the app to another, and the dashboard where they begin. */

describeWith('chromium', 'getting around', (chromium) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ browser, context, page } = desk);
    return desk.leave;
  });

  const firstRows = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[role=row][aria-rowindex]')]
        .map((row) => Number(row.getAttribute('aria-rowindex')))
        .sort((a, b) => a - b)
        .slice(1, 4),
    );
  const selected = () => page.locator('[role=row][aria-selected=true]').count();

  test('going back finds the list where it was left, with its selection and its focus', async () => {
    await page.goto('/sales/invoices');
    const grid = page.getByRole('grid');
    await grid.locator('[aria-rowindex="3"]').waitFor();
    await grid.focus();
    for (let times = 0; times < 8; times++) await page.keyboard.press('PageDown');
    await expect.poll(async () => (await firstRows())[0]).toBeGreaterThan(60);
    // A row that is still on its way cannot be chosen.
    await page.waitForFunction(() => !document.querySelector('[role=grid] [aria-busy=true]'));
    await page.keyboard.press('Space');
    await expect.poll(selected).toBe(1);
    const before = await firstRows();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sales\/invoices\/[0-9a-f-]{36}$/);
    await page.locator('.doc-head').waitFor();
    await page.goBack();
    await expect.poll(firstRows).toEqual(before);
    expect(await selected()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  test('a page that is long in coming is announced at once', async () => {
    await page.goto('/finance/periods');
    await context.route(/[?&]_rsc=/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await page.locator('nav a[href="/purchasing/receipts"]').click();
    await page.locator('.going').waitFor({ timeout: 1000 });
    expect(new URL(page.url()).pathname).toBe('/finance/periods');
    await page.waitForURL('**/purchasing/receipts');
    await page.locator('.going').waitFor({ state: 'detached' });
    await context.unroute(/[?&]_rsc=/);
  });

  test('keys lead to pages, the sheet names them all, and the palette remembers what was looked at', async () => {
    await page.goto('/sales/invoices');
    await page.getByRole('grid').getByRole('link', { name: /^RE-/ }).first().click();
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('valeo.recent.')));
    await page.goto('/');
    await page.locator('.dash').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL('**/inventory/articles');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog');
    await expect.poll(() => sheet.innerText()).toContain('Lagerbewegungen');
    expect(await sheet.innerText()).toContain('Neuer Artikel');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.getByRole('listbox').innerText()).toMatch(/Zuletzt angesehen\s+RE-/);
    await page.keyboard.press('Escape');
  });

  const palette = async (text: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Suchen und ausführen' }).fill(text);
  };
  const option = (name: string | RegExp) => page.getByRole('dialog').getByRole('option', { name }).first();

  test('the palette finds records, settings and help, and does what the record in view offers', async () => {
    await page.goto('/');
    await palette('8400');
    await option(/^8400 \D/).click();
    await page.waitForURL('**/finance/accounts/8400');
    await palette('rollen');
    await option('Rollen').click();
    await page.waitForURL('**/settings?tab=roles');
    await palette('neues angebot');
    await option('Neues Angebot').click();
    await page.waitForURL('**/sales/quotes/new');
    await page.goto('/crm/partners');
    await page.getByRole('grid').getByRole('link').first().click();
    await page.locator('.doc-head').waitFor();
    await palette('bearbeiten');
    await option(/^Bearbeiten/).click();
    await page.waitForURL('**/edit');
  });

  test('what the palette could not search it names, beside what it found', async () => {
    // A request that a service worker makes cannot be stopped from here.
    const plain = await browser.newContext({
      baseURL: inject('installation').webUrl,
      locale: 'de-DE',
      serviceWorkers: 'block',
      storageState: await context.storageState(),
    });
    const other = await plain.newPage();
    await other.route('**/graphql', (route) =>
      route.request().postData()?.includes('PaletteFinance') ? route.abort() : route.fallback(),
    );
    await other.goto('/');
    await other.locator('[data-palette]').first().click();
    const dialog = other.getByRole('dialog');
    await dialog.getByRole('combobox').fill('kunde');
    await expect.poll(() => dialog.innerText()).toContain('Nicht durchsucht: Konten, Journal');
    expect(await dialog.getByRole('option', { name: /^Kunde/ }).count()).toBeGreaterThan(0);
    await other.unroute('**/graphql');
    await dialog.getByRole('button', { name: 'Jetzt versuchen' }).click();
    await expect.poll(() => dialog.innerText()).not.toContain('Nicht durchsucht');
    await plain.close();
  });

  test('the round button of a phone begins what the list is about', async () => {
    const phone = await context.newPage();
    await phone.setViewportSize({ width: 390, height: 844 });
    for (const [list, begins] of [
      ['/crm/partners', '/crm/partners/new'],
      ['/purchasing/orders', '/purchasing/orders/new'],
      ['/finance/journal', '/finance/journal/new'],
      ['/finance/trial-balance', '/sales/invoices/new'],
    ] as const) {
      await phone.goto(list);
      await phone.locator('.bottombar-new').click();
      await phone.waitForURL(`**${begins}`);
    }
    await phone.close();
  });

  test('a list is searched on a phone as it is at a desk', async () => {
    const phone = await context.newPage();
    await phone.setViewportSize({ width: 390, height: 844 });
    await phone.goto('/crm/partners');
    await phone.locator('.filterbar input[type=search]').click();
    await phone.keyboard.type('12680');
    await phone.waitForURL('**/crm/partners?q=12680');
    await phone.locator('[role=grid]').getByText('Kunde 12680', { exact: true }).waitFor();
    expect(await phone.inputValue('.filterbar input[type=search]')).toBe('12680');
    await phone.close();
  });

  test('the words of the server are in the language of the page, whatever that of the profile is', async () => {
    const english = await visitor(browser, 'en');
    await signIn(english.page);
    await english.page.goto('/settings?tab=roles');
    expect(await english.page.locator('main').innerText()).toContain('Accountant');
    await english.page.goto('/settings/roles/new');
    await english.page.getByLabel('Name').fill(`Till ${'x'.repeat(120)}`);
    await english.page.getByLabel('Read sales').check();
    await english.page.locator('main').getByRole('button', { name: 'Create' }).click();
    await expect.poll(() => english.page.locator('.field-error').innerText()).toMatch(/at most/i);
    await english.context.close();
  });

  test('a page with its filters becomes a favourite and leads back there', async () => {
    await page.goto('/inventory/articles?f=kind:in:SERVICE');
    const star = page.getByRole('button', { name: 'Seite unter den Favoriten' });
    await star.click();
    const favourite = page.locator('.nav-group', { hasText: 'Favoriten' }).getByRole('link').first();
    await favourite.waitFor();
    expect(await favourite.getAttribute('href')).toBe('/inventory/articles?f=kind:in:SERVICE');
    await star.click();
    await expect.poll(() => page.locator('.nav-title', { hasText: 'Favoriten' }).count()).toBe(0);
  });

  test('the dashboard is arranged with the keyboard alone and stays so', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Anordnen' }).click();
    const tile = page.getByRole('group', { name: /^Fälligkeit/ });
    await tile.focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => tile.getAttribute('aria-label')).toContain('7 Zeilen');
    await page.getByRole('group', { name: /^Vorgänge/ }).focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => page.getByRole('group', { name: /^Vorgänge/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Kachel hinzufügen' }).click();
    await page.getByRole('menuitem', { name: 'Verbindlichkeiten' }).click();
    await page.getByRole('button', { name: 'Fertig' }).click();
    await page.reload();
    const card = (title: string) => page.locator('.dash').getByText(title, { exact: true });
    await card('Verbindlichkeiten').waitFor();
    expect(await page.locator('.dash h2', { hasText: 'Vorgänge' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Anordnen' }).click();
    await page.getByRole('button', { name: 'Zurücksetzen' }).click();
    await page.getByRole('button', { name: 'Fertig' }).click();
    await expect.poll(() => page.locator('.dash h2', { hasText: 'Vorgänge' }).count()).toBe(1);
  });

  test('help opens at the chapter about the page in view', async () => {
    await page.goto('/finance/journal');
    await page.locator('.nav').getByRole('link', { name: 'Hilfe' }).click();
    await page.waitForURL('**/help/finance');
    await expect.poll(() => page.locator('article').innerText()).toContain('festgeschrieben');
  });

  test('many windows that listen leave connections for what a reader asks for', async () => {
    const streams = new Set<Request>();
    context.on('request', (request) => {
      if (request.headers().accept === 'text/event-stream') streams.add(request);
    });
    context.on('requestfailed', (request) => streams.delete(request));
    const windows = [];
    for (let at = 0; at < 3; at++) {
      const another = await context.newPage();
      await another.goto('/');
      windows.push(another);
    }
    // Pages listen once they have settled; each dashboard would by itself have four streams.
    await expect.poll(() => streams.size, { timeout: 40_000 }).toBeGreaterThanOrEqual(4);
    await page.waitForTimeout(6000);
    await page.goto('/crm/partners');
    await page.getByRole('grid').locator('[aria-rowindex="3"]').waitFor();
    for (const another of windows) await another.close();
  });
});

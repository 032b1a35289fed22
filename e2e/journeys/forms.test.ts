import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO, type Graph, signedIn } from '../graph.ts';
import { launch, photograph, signIn, visitor } from './browser.ts';

/** What a form does for the one who fills it in: nothing typed is ever lost, and two people do not overwrite each other. */

describeWith('chromium', 'a form', (chromium) => {
  let browser: Browser;
  let graph: Graph;
  const picture = photograph('de');
  beforeAll(async () => {
    browser = await launch(chromium);
    graph = await signedIn();
  });
  afterAll(() => browser.close());

  const partner = async (fields: object = {}): Promise<{ id: string; version: number }> => {
    const input = { name: `Kontor ${Date.now()}`, kinds: ['CUSTOMER'], country: 'DE', phone: '040 1', ...fields };
    return (await graph.mutate('createBusinessPartner', input, '{ businessPartner { id version } error { code } }'))
      .businessPartner;
  };
  const save = (page: Page) => page.locator('main .btn--primary[type=submit]').click();
  const drafts = async (id: string) => (await graph.ask(`{ drafts(recordId: "${id}") { title } }`)).drafts;

  test('asks for the password in place when the session has ended, and goes on with the same write', async () => {
    const { context, page } = await visitor(browser, 'de');
    await signIn(page);
    await page.goto('/crm/partners/new');
    const name = `Sitzung ${Date.now()}`;
    await page.fill('input[name=name]', name);
    await context.clearCookies({ name: /^valeo_(access|refresh)$/ });
    await save(page);
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=password]').fill('falsch-falsch-falsch');
    await dialog.getByRole('button', { name: 'Anmelden' }).click();
    await dialog.locator('.notice--danger').waitFor();
    await picture(page, 'sign-in-again');
    await dialog.locator('input[type=password]').fill(DEMO.password);
    await dialog.getByRole('button', { name: 'Anmelden' }).click();
    await page.waitForURL(/\/crm\/partners\/[0-9a-f-]{36}$/);
    const found = await graph.ask(`{ businessPartners(first: 5, filter: { name: { eq: "${name}" } }) { totalCount } }`);
    expect(found.businessPartners.totalCount).toBe(1);
    await context.close();
  });

  test('asks before it is left, by a link and by going back, and is found again on another device', async () => {
    const { id } = await partner();
    const desk = await visitor(browser, 'de');
    await signIn(desk.page);
    await desk.page.goto(`/crm/partners/${id}`);
    await desk.page.goto(`/crm/partners/${id}/edit`);
    await desk.page.fill('textarea[name=note]', 'Bitte anrufen');
    await desk.page.locator('.draft-state').waitFor();
    await desk.page.goBack();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Weiter bearbeiten' }).click();
    expect(await desk.page.inputValue('textarea[name=note]')).toBe('Bitte anrufen');
    await desk.page.locator('nav a[href="/sales/invoices"]').first().click();
    await picture(desk.page, 'leave');
    await dialog.getByRole('button', { name: 'Als Entwurf behalten' }).click();
    await desk.page.waitForURL('**/sales/invoices');
    await desk.context.close();

    const phone = await visitor(browser, 'de');
    await phone.page.setViewportSize({ width: 390, height: 844 });
    await signIn(phone.page);
    await phone.page.goto(`/crm/partners/${id}/edit`);
    await picture(phone.page, 'draft-offer');
    await phone.page.getByRole('button', { name: 'Fortsetzen' }).click();
    expect(await phone.page.inputValue('textarea[name=note]')).toBe('Bitte anrufen');
    await phone.page.locator('.draft-state').waitFor();
    await save(phone.page);
    await phone.page.waitForURL(`**/crm/partners/${id}`);
    await expect.poll(() => drafts(id)).toEqual([]);

    // What was saved can be taken back.
    await phone.page.getByRole('button', { name: 'Rückgängig' }).click();
    await expect
      .poll(async () => (await graph.ask(`{ businessPartner(id: "${id}") { note } }`)).businessPartner.note)
      .toBeNull();
    await phone.context.close();
  });

  test('asks in the moment something was typed, and is not saved with a text that nobody chose a match for', async () => {
    const { id } = await partner();
    const { context, page } = await visitor(browser, 'de');
    await signIn(page);
    await page.goto(`/crm/partners/${id}/edit`);
    // In one go: no time for anything to be fetched in between.
    await page.evaluate(() => {
      const note = document.querySelector('textarea[name=note]') as HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(note, 'Sofort weg');
      note.dispatchEvent(new Event('input', { bubbles: true }));
      document.querySelector<HTMLElement>('nav a[href="/sales/invoices"]')?.click();
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Weiter bearbeiten' }).click();
    expect(await page.inputValue('textarea[name=note]')).toBe('Sofort weg');
    await save(page);
    await page.waitForURL(`**/crm/partners/${id}`);

    await page.goto('/sales/quotes/new');
    const customer = page.getByRole('combobox').first();
    await customer.fill('Kunde 1');
    await page.getByRole('listbox').getByRole('option').first().click();
    const chosen = await customer.inputValue();
    await customer.fill('Kunde 2');
    await page.locator('.savebar').getByRole('button').click();
    await expect.poll(() => page.locator('main').innerText()).toContain('„Kunde 2“ ist nicht übernommen.');
    expect(page.url()).toMatch(/quotes\/new$/);
    expect(await customer.inputValue()).toBe('Kunde 2');
    expect(await customer.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
    await page.keyboard.press('Escape');
    expect(await customer.inputValue()).toBe(chosen);
    await context.close();
  });

  test('shows who else is there, takes over what they save, and lets choose where both differ', async () => {
    const { id, version } = await partner();
    const mine = await visitor(browser, 'de');
    await signIn(mine.page);
    const theirs = await visitor(browser, 'de');
    await signIn(theirs.page, DEMO.auditor);
    await mine.page.goto(`/crm/partners/${id}/edit`);
    await mine.page.fill('input[name=phone]', '040 2');
    await theirs.page.goto(`/crm/partners/${id}`);
    await mine.page.bringToFront();
    await mine.page.locator('.presence').waitFor();
    await theirs.page.locator('.presence .avatar--editing').waitFor();
    await picture(theirs.page, 'presence-viewing');
    await picture(mine.page, 'presence-editing');

    await graph.mutate('updateBusinessPartner', { id, version, email: 'zuerst@kontor.example' }, '{ error { code } }');
    await mine.page.locator('.notice--ok').waitFor();
    expect(await mine.page.inputValue('input[name=email]')).toBe('zuerst@kontor.example');
    expect(await mine.page.inputValue('input[name=phone]')).toBe('040 2');

    const second = { id, version: version + 1, phone: '040 3' };
    expect(await graph.mutate('updateBusinessPartner', second, '{ error { code } }')).toEqual({ error: null });
    const merge = mine.page.locator('.merge');
    await merge.waitFor();
    await picture(mine.page, 'merge-live');
    await merge.getByRole('button', { name: '040 3' }).click();
    await mine.page.fill('input[name=website]', 'https://kontor.example');
    await save(mine.page);
    await mine.page.waitForURL(`**/crm/partners/${id}`);
    const { businessPartner } = await graph.ask(`{ businessPartner(id: "${id}") { phone email website } }`);
    expect(businessPartner).toEqual({
      phone: '040 3',
      email: 'zuerst@kontor.example',
      website: 'https://kontor.example',
    });

    await mine.context.close();
    await theirs.page.locator('.presence').waitFor({ state: 'detached' });
    await theirs.context.close();
  });

  test('says that its document was posted or deleted meanwhile, and what was typed goes into a new one', async () => {
    const { context, page } = await visitor(browser, 'de');
    await signIn(page);
    const { id: customerId } = await partner();
    const [{ node: article }] = (
      await graph.ask('{ articles(first: 1, filter: { kind: { eq: SERVICE } }) { edges { node { id taxCode } } } }')
    ).articles.edges;
    const lines = [{ articleId: article.id, quantity: '3', unitPrice: '7.50', taxCode: article.taxCode }];
    const quantity = page.locator('[data-row="0"] [data-col="quantity"] input');
    for (const [mutation, notice] of [
      ['deleteSalesInvoice', 'inzwischen gelöscht'],
      ['postSalesInvoice', 'inzwischen gebucht'],
    ] as const) {
      const draft = { customerId, suppliedOn: '2024-05-06', issuedOn: '2024-05-06', lines };
      const made = await graph.mutate('createSalesInvoice', draft, '{ salesInvoice { id } }');
      const { id } = made.salesInvoice;
      await page.goto(`/sales/invoices/${id}/edit`);
      await quantity.fill('17');
      await page.locator('.draft-state').waitFor();
      await graph.mutate(mutation, { id }, '{ error { code } }');
      // Found out by the form itself, which asks when it begins to listen.
      await page.getByText(notice).waitFor();
      await page.keyboard.press('Control+s');
      await page.getByText('Nicht gespeichert').waitFor();
      await picture(page, mutation);
      if (mutation === 'deleteSalesInvoice') await page.getByRole('button', { name: 'Neu anlegen' }).click();
      else {
        // From the list of drafts as well.
        await page.goto('/outbox');
        await page.getByRole('link', { name: 'Fortsetzen' }).first().click();
      }
      await page.waitForURL('**/sales/invoices/new?draft=*');
      await page.getByText('Speichern legt es neu an').waitFor();
      expect(await quantity.inputValue()).toBe('17');
      await page.keyboard.press('Control+s');
      await page.waitForURL((url) => /^\/sales\/invoices\/[0-9a-f-]{36}$/.test(url.pathname));
      await expect.poll(() => drafts(id)).toEqual([]);
    }
    await context.close();
  });

  test('what somebody attaches to a record is seen by whoever has it open, and so is that it was removed', async () => {
    const { id } = await partner();
    const [giver, reader] = [await visitor(browser, 'de'), await visitor(browser, 'de')];
    await signIn(giver.page);
    await signIn(reader.page, DEMO.auditor);
    for (const { page } of [giver, reader]) await page.goto(`/crm/partners/${id}`);
    const fileName = `Vertrag ${Date.now()}.pdf`;
    const seen = reader.page.locator('.file', { hasText: fileName });
    // A page listens once it has settled; it has when it shows who else is there.
    for (const { page } of [giver, reader]) await page.locator('.presence').waitFor({ timeout: 30_000 });
    await reader.page.waitForTimeout(1_000);
    await giver.page.locator('.file-add input').setInputFiles({
      name: fileName,
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 Vertrag'),
    });
    await seen.waitFor({ timeout: 30_000 });
    await giver.page.locator('.file', { hasText: fileName }).locator('[data-remove]').click();
    await seen.waitFor({ state: 'detached', timeout: 30_000 });
    await giver.context.close();
    await reader.context.close();
  });
});

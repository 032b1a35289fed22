import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { DEMO } from '../graph.ts';
import { atDesk, signIn, visitor } from './browser.ts';

/** What a company sets for itself. */

describeWith('chromium', 'settings', (chromium) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ browser, context, page } = desk);
    return desk.leave;
  });

  const button = (name: string) => page.locator('main').getByRole('button', { name, exact: true });
  const title = () => page.locator('.doc-head h1').innerText();

  test('a role of the company’s own is made, changed, held by someone, and deleted once nobody has it', async () => {
    const name = `Kasse ${Date.now()}`;
    const email = `kasse-${Date.now()}@valeo.example`;
    await page.goto('/settings?tab=people');
    await page.getByRole('link', { name: 'Rollen ansehen' }).click();
    await page.waitForURL('**/settings?tab=roles');
    await page.getByRole('link', { name: 'Neue Rolle' }).click();
    await page.waitForURL('**/settings/roles/new');
    await button('Anlegen').click();
    await expect.poll(() => page.locator('.field-error').count()).toBe(2);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Verkauf lesen').check();
    await button('Anlegen').click();
    await page.waitForURL(/settings\/roles\/[0-9a-f-]{36}$/);
    const role = page.url();
    await expect.poll(title).toBe(name);
    await expect.poll(() => page.locator('main').innerText()).toContain('Niemand hat diese Rolle.');

    await page.getByRole('link', { name: 'Bearbeiten' }).click();
    await page.waitForURL('**/edit');
    await page.getByLabel('Lager lesen').check();
    await button('Speichern').click();
    await page.waitForURL(role);
    await expect.poll(() => page.locator('main').innerText()).toContain('Lager lesen');

    await page.goto('/settings?tab=people');
    await page.getByLabel('E-Mail').fill(email);
    await page.locator('.record-form').getByLabel('Rolle').selectOption({ label: name });
    await button('Einladung senden').click();
    await page.locator('tr', { hasText: email }).waitFor();
    await page.goto(role);
    await expect.poll(() => page.locator('.notice').innerText()).toContain(`${email} (eingeladen)`);
    expect(await button('Löschen').count()).toBe(0);

    await page.goto('/settings?tab=people');
    await page.locator('tr', { hasText: email }).getByRole('button', { name: 'Zurückziehen' }).click();
    await expect.poll(() => page.locator('tr', { hasText: email }).count()).toBe(0);
    await page.goto(role);
    await button('Löschen').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Löschen' }).click();
    await page.waitForURL('**/settings?tab=roles');
    await expect.poll(() => page.getByRole('link', { name, exact: true }).count()).toBe(0);
  });

  test('who reads only sees the roles and is offered no change of them', async () => {
    const auditor = await visitor(browser, 'de');
    await signIn(auditor.page, DEMO.auditor);
    await auditor.page.goto('/settings?tab=roles');
    expect(await auditor.page.getByRole('link', { name: 'Neue Rolle' }).count()).toBe(0);
    await auditor.page.locator('main').getByRole('link', { name: 'Inhaber' }).click();
    await auditor.page.waitForURL('**/settings/roles/owner');
    await expect.poll(() => auditor.page.locator('main').innerText()).toContain('Hat jede Firma');
    expect(await auditor.page.locator('main').getByRole('button').count()).toBe(0);
    await auditor.context.close();
  });
});

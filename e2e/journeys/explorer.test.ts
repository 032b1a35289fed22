import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO, Graph, origin } from '../graph.ts';
import { launch, visitor } from './browser.ts';

const tokenOf = async (email: string): Promise<string> => {
  const input = { email, password: DEMO.password };
  return (await new Graph().mutate('signIn', input, '{ accessToken }')).accessToken;
};

describeWith('chromium', 'the explorer', (chromium) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(chromium);
  });
  afterAll(() => browser.close());

  async function explorer(email: string): Promise<Page> {
    const { page } = await visitor(browser, 'en');
    await page.goto(`${origin()}/explorer`);
    await page.fill('#token', await tokenOf(email));
    await page.click('text=Examples');
    await page.fill('#search', 'salesInvoices');
    await page.click('#examples button:text-is("salesInvoices")');
    return page;
  }

  test('prices an example while it is typed, shows its plan, runs it and keeps it', async () => {
    const page = await explorer(DEMO.owner);
    await page.waitForFunction(() => /Cost \d+ of 10,000/.test(document.getElementById('cost')?.textContent ?? ''));
    await page.click('text=Query plan');
    await page.waitForFunction(() => document.getElementById('plan')?.textContent?.includes('Fetch(service: "sales")'));
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() => document.getElementById('status')?.textContent?.startsWith('OK'));
    expect(await page.textContent('#answer')).toContain('"salesInvoices"');
    page.on('dialog', (dialog) => void dialog.accept('Mine'));
    await page.click('text=Save…');
    await page.fill('#search', '');
    await page.reload();
    await page.click('text=Examples');
    await page.click('#examples button:text-is("Mine")');
    expect(await page.inputValue('#query')).toContain('salesInvoices(first: 10)');
    await page.fill('#query', '{ nothing }');
    await page.waitForFunction(() => document.getElementById('problem')?.textContent?.includes('Line 1'));
    await page.context().close();
  });

  test('shows no plan to those who may not manage the company', async () => {
    const page = await explorer(DEMO.auditor);
    await page.waitForFunction(() => document.getElementById('cost')?.textContent?.includes('Cost'));
    expect(await page.textContent('#plan')).toContain('those who may manage the company');
    await page.context().close();
  });
});

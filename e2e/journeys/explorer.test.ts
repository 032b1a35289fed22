import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO, Graph, origin } from '../graph.ts';
import { launch, visitor } from './browser.ts';

const tokenOf = async (email: string): Promise<string> => {
  const input = { email, password: DEMO.password };
  return (await new Graph().mutate('signIn', input, '{ accessToken }')).accessToken;
};

const sees = (page: Page, selector: string, text: RegExp) =>
  expect.poll(() => page.textContent(selector), { timeout: 15_000 }).toMatch(text);

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
    await sees(page, '#cost', / of 10,000$/);
    await page.click('text=Query plan');
    await sees(page, '#plan', /Fetch\(service: "sales"\)/);
    await page.keyboard.press('Control+Enter');
    await sees(page, '#status', /^OK/);
    expect(await page.textContent('#answer')).toContain('"salesInvoices"');
    page.on('dialog', (dialog) => void dialog.accept('Mine'));
    await page.click('text=Save…');
    await page.fill('#search', '');
    await page.reload();
    await page.click('text=Examples');
    await page.click('#examples button:text-is("Mine")');
    expect(await page.inputValue('#query')).toContain('salesInvoices(first: 10)');
    await page.fill('#query', '{ nothing }');
    await sees(page, '#problem', /^Line 1/);
    await page.context().close();
  });

  test('shows no plan to those who may not manage the company', async () => {
    const page = await explorer(DEMO.auditor);
    await sees(page, '#plan', /those who may manage the company/);
    await page.context().close();
  });
});

import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO, signedIn } from '../graph.ts';
import { launch, signIn, visitor } from './browser.ts';

describeWith('chromium', 'two companies in one browser', (chromium) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(chromium);
  });
  afterAll(() => browser.close());

  test('a document of the one is not there for the other, by its address as little as in a list', async () => {
    const owner = await signedIn();
    const { salesInvoices } = await owner.ask(
      '{ salesInvoices(first: 1, filter: { externalNumber: { eq: "536365" } }) { edges { node { id number } } } }',
    );
    const { id, number } = salesInvoices.edges[0].node;
    const { context, page } = await visitor(browser, 'de');
    try {
      await signIn(page, DEMO.other);
      await page.goto(`/sales/invoices/${id}`);
      await page.waitForLoadState('networkidle');
      expect(await page.locator('body').innerText()).not.toContain(number);
      await page.goto('/sales/invoices');
      await page.waitForLoadState('networkidle');
      expect(await page.locator('body').innerText()).not.toContain('Kunde 17850');
      expect(await page.content()).not.toContain(id);
    } finally {
      await context.close();
    }
  });
});

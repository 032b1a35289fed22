import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { atDesk } from './browser.ts';

/** What comes out of the printer. */

describeWith('chromium', 'on paper', (chromium) => {
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ page } = desk);
    return desk.leave;
  });

  async function pagesPrinted(): Promise<number> {
    const file = await page.pdf({ preferCSSPageSize: true });
    return file.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  }

  test('a list is the rows that are there, in their order, with whole numbers', async () => {
    // A printer does not tell the page of other sizes, as looking at its styles on the screen would.
    await page.addInitScript(() => {
      ResizeObserver.prototype.observe = () => undefined;
    });
    await page.goto('/sales/invoices');
    const rows = page.locator('.grid-body [role=row]:not([aria-busy])');
    await rows.first().waitFor();
    await page.locator('.grid').evaluate((grid) => {
      grid.scrollTop = 3000;
    });
    await page.locator('.grid-body [aria-rowindex="90"]:not([aria-busy])').waitFor();
    const pages = await pagesPrinted();
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThanOrEqual(2);

    await page.emulateMedia({ media: 'print' });
    const printed = await rows.evaluateAll((all) =>
      all.map((row) => {
        const link = row.querySelector('[data-col=number]') as HTMLElement;
        return {
          index: Number(row.getAttribute('aria-rowindex')),
          top: row.getBoundingClientRect().top,
          isCut: link.scrollWidth > link.clientWidth,
        };
      }),
    );
    await page.emulateMedia({ media: null });
    printed.sort((one, other) => one.top - other.top);
    const indexes = printed.map(({ index }) => index);
    expect(indexes).toEqual([...indexes].sort((one, other) => one - other));
    expect(printed.filter(({ isCut }) => isCut)).toEqual([]);
  });

  test('what is dark on the screen is printed on white', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/settings');
    const colours = () =>
      page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return [color, backgroundColor];
      });
    const onScreen = await colours();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect.poll(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    expect(await colours()).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    expect(onScreen).not.toEqual(await colours());
    await page.emulateMedia({ media: null, colorScheme: null });
  });

  test('a short invoice is one page, with the sender at its foot', async () => {
    await page.goto('/sales/invoices?f=status:in:POSTED&sort=gross');
    const number = page.locator('.grid-body [aria-rowindex="2"] [data-col=number] a');
    await number.click();
    await page.locator('.doc').waitFor();
    expect(await pagesPrinted()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    const { paper, foot } = await page.evaluate(() => ({
      paper: document.querySelector('.paper')?.getBoundingClientRect().bottom,
      foot: document.querySelector('.paper footer')?.getBoundingClientRect().bottom,
    }));
    await page.emulateMedia({ media: null });
    expect(foot).toBe(paper);
  });
});

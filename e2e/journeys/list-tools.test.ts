import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { atDesk } from './browser.ts';

/** How a list is brought into shape: sorted, with its columns kept as a view, on a desk and on a phone. */

describeWith('chromium', 'a list', (chromium) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ context, page } = desk);
    return desk.leave;
  });

  const query = () => new URL(page.url()).searchParams;
  const focusedHead = () => page.evaluate(() => document.activeElement?.closest('[role=columnheader]')?.textContent);

  test('is sorted by keyboard in its head, with Shift by several columns', async () => {
    await page.goto('/sales/invoices');
    await page.getByRole('grid').locator('[aria-rowindex="2"]').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(focusedHead).toContain('Nummer');
    await page.keyboard.press('Enter');
    await expect.poll(() => query().get('sort')).toBe('number');
    await page.locator('[data-col=number][aria-sort=ascending]').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => query().get('sort')).toMatch(/^number,\w+$/);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  test('is sorted on a phone by its tools', async () => {
    const phone = await context.newPage();
    await phone.setViewportSize({ width: 390, height: 844 });
    await phone.goto('/crm/partners');
    await phone.getByRole('button', { name: 'Sortieren' }).click();
    const dialog = phone.getByRole('dialog');
    await dialog.locator('select').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Fertig' }).click();
    await expect.poll(() => new URL(phone.url()).searchParams.get('sort')).toContain(',');
    await phone.close();
  });

  test('with other columns is still its view, and can be saved as one of its own', async () => {
    const name = `Schmal ${Date.now()}`;
    await page.goto('/sales/invoices?cols=number~200,gross');
    const tab = page.locator('.tabs .tab[aria-current=true]');
    await expect.poll(() => tab.innerText()).toBe('Alle Belege');
    await page.getByRole('button', { name: 'Ansicht sichern' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
    await expect.poll(() => tab.innerText()).toBe(name);
    expect(await page.getByRole('button', { name: 'Ansicht sichern' }).count()).toBe(0);
    await page.getByRole('button', { name: `Ansicht ${name} entfernen` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
    await expect.poll(() => tab.innerText()).toBe('Alle Belege');
  });

  test('scrolled sideways shows whole sums or none', async () => {
    await page.setViewportSize({ width: 900, height: 700 });
    await page.goto('/sales/invoices?group=issuedOn.month');
    await page.locator('.grid-group').first().waitFor();
    const cut = () =>
      page.evaluate(() => {
        const grid = document.querySelector('[role=grid]') as HTMLElement;
        const view = grid.getBoundingClientRect();
        return [...grid.querySelectorAll('.grid-foot .num, .grid-group .num')].filter((cell) => {
          const { left, right } = cell.getBoundingClientRect();
          const isWhole = left >= view.left && right <= view.right + 1;
          return !isWhole && right > view.left && left < view.right && getComputedStyle(cell).visibility === 'visible';
        }).length;
      });
    for (const left of [0, 60, 130, 200]) {
      await page.evaluate((to) => document.querySelector('[role=grid]')?.scrollTo({ left: to }), left);
      await expect.poll(cut, { message: String(left) }).toBe(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    // Where everything has room, a sum beside the label is no less whole.
    await page.goto('/sales/invoices?cols=number,gross');
    const sum = page.locator('.grid-foot [data-col=gross]');
    await expect.poll(() => sum.innerText()).toMatch(/\d,\d\d$/);
    expect(await sum.isVisible()).toBe(true);
  });

  test('scrolled sideways keeps the pinned cells of chosen rows and of those on their way in view', async () => {
    await page.goto('/styleguide/list');
    await page.locator('.grid-body [role=row]:not([aria-busy])').first().waitFor();
    await page.locator('.grid-body .grid-check').nth(1).click();
    await page.evaluate(() => {
      document.querySelector('[role=grid]')?.scrollTo({ left: 900 });
      document.querySelector('.grid-body [aria-rowindex="4"]')?.setAttribute('aria-busy', 'true');
    });
    const pinned = () =>
      page.evaluate(() =>
        [1, 2, 4].map((row) =>
          [...document.querySelectorAll(`.grid-body [aria-rowindex="${row}"] .grid-pin`)].map(
            (cell) => cell.getBoundingClientRect().left,
          ),
        ),
      );
    await expect.poll(pinned).toEqual([
      [0, 40],
      [0, 40],
      [0, 40],
    ]);
  });

  test('writes nothing over something else on a narrow phone, and numbers of documents in full', async () => {
    const phone = await context.newPage();
    await phone.setViewportSize({ width: 360, height: 740 });
    for (const list of ['/finance/journal', '/purchasing/invoices', '/sales/invoices', '/purchasing/orders']) {
      await phone.goto(list);
      await phone.locator('[aria-rowindex="4"] [data-card=sub]').waitFor();
      const wrong = await phone.evaluate(() => {
        const shown = (cell: Element) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          const { left, right, top } = range.getBoundingClientRect();
          return { left, right, top, cell };
        };
        return [...document.querySelectorAll('.grid-body [role=row][aria-rowindex]')].flatMap((row) => {
          const [sub, note, state] = ['sub', 'note', 'state'].map((card) => row.querySelector(`[data-card=${card}]`));
          const places = [sub, note, state].flatMap((cell) => (cell?.textContent ? [shown(cell)] : []));
          const line = places.filter(({ top, cell }) => top < cell.getBoundingClientRect().bottom);
          const overlaps = line.some((place, at) => line.slice(at + 1).some(({ left }) => left < place.right));
          const isCut = sub && sub.scrollWidth > sub.clientWidth + 1;
          return overlaps || isCut ? [row.textContent] : [];
        });
      });
      expect(wrong, list).toEqual([]);
    }
    await phone.close();
  });
});

import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { atDesk, pressToGo } from './browser.ts';

/** What an accountant does by hand, beside what documents post by themselves. */

const record = (list: string) => new RegExp(`/${list}/[0-9a-f-]{36}$`);

describeWith('chromium', 'bookkeeping', (chromium) => {
  let page: Page;
  beforeAll(async () => {
    const desk = await atDesk(chromium);
    ({ page } = desk);
    return desk.leave;
  });

  const main = () => page.locator('main');
  const dialog = () => page.getByRole('dialog');
  const press = (name: string | RegExp) => main().getByRole('button', { name }).click();
  const confirm = (name: string) => dialog().getByRole('button', { name, exact: true }).click();

  test('an entry is typed by keyboard alone, checked, posted, copied and reversed', async () => {
    await page.goto('/finance/journal');
    await pressToGo(page, 'n', '**/finance/journal/new');
    await page.getByLabel('Buchungsdatum').fill('2011-11-30');
    await page.getByLabel('Buchungstext').fill('Miete November');
    await page.getByLabel('Belegnummer').fill('M-11');
    const line = (row: number, column: string) =>
      page.locator(`[data-row="${row}"] [data-col=${column}] :is(input, select)`);
    await line(0, 'account').focus();
    await page.keyboard.type('4210');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('1190');
    await page.keyboard.press('Enter');
    await page.keyboard.type('1200');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('=');
    expect(await line(1, 'credit').inputValue()).toBe('1190,00');
    await line(0, 'taxCode').selectOption('V19');

    await press(/^Prüfen/);
    await page.getByText('Gebucht ist noch nichts').waitFor();
    await page.keyboard.press('Control+Enter');
    await confirm('Buchen');
    await page.waitForURL(record('journal'));
    const entry = page.url();
    // The tax was split off the gross amount.
    await expect.poll(() => main().innerText()).toMatch(/1576[\s\S]*190,00/);

    await main().getByRole('link', { name: 'Als neue Buchung' }).click();
    await page.waitForURL('**/new?copy=*');
    await expect.poll(() => line(0, 'debit').inputValue()).toBe('1.190,00');
    expect(await line(1, 'account').inputValue()).toBe('1200');

    await page.goto(entry);
    await press('Stornieren');
    await dialog().getByLabel('Buchungsdatum').fill('2011-12-01');
    await dialog().getByLabel('Grund').fill('falsche Miete');
    await confirm('Stornieren');
    await page.waitForURL((url) => record('journal').test(url.pathname) && url.href !== entry);
    await expect.poll(() => main().innerText()).toContain('falsche Miete');
    // What was reversed says so, and offers it no more.
    await page.goto(entry);
    expect(await main().getByRole('button', { name: 'Stornieren' }).count()).toBe(0);
    expect(await page.locator('.doc-head').innerText()).toContain('Storniert');
  });

  test('a month is locked, refuses an entry at its date, and is opened again', async () => {
    const setState = async (state: string) => {
      await page.goto('/finance/periods?year=2010');
      await page.getByRole('button', { name: 'November 2010 ändern' }).click();
      await dialog().getByRole('radio', { name: state }).check();
      await confirm('Übernehmen');
      await expect.poll(() => page.getByRole('row', { name: /November 2010/ }).innerText()).toContain(state);
    };
    await setState('Gesperrt');
    await page.goto('/finance/journal/new');
    await page.getByLabel('Buchungsdatum').fill('2010-11-30');
    await page.getByLabel('Buchungstext').fill('Zu spät');
    for (const [row, account, side] of [
      [0, '4210', 'debit'],
      [1, '1200', 'credit'],
    ] as const) {
      const line = page.locator(`[data-row="${row}"]`);
      await line.getByRole('combobox').first().fill(account);
      await page.getByRole('listbox').getByRole('option').first().click();
      await line.locator(`[data-col=${side}] input`).fill('1');
    }
    await press(/^Buchen/);
    await expect.poll(() => main().innerText()).toContain('Die Periode November 2010 ist geschlossen.');
    await setState('Offen');
  });

  test('an account is added and renamed, and its sheet shows both sides with the balance after each line', async () => {
    const number = String(7300 + Math.floor(Math.random() * 600));
    await page.goto('/finance/accounts');
    await pressToGo(page, 'n', '**/finance/accounts/new');
    await page.getByLabel('Nummer').fill(number);
    await page.getByLabel('Name').fill('Messekosten');
    await page.getByLabel('Typ').selectOption('EXPENSE');
    await press('Anlegen');
    await page.waitForURL('**/finance/accounts');

    await page.goto(`/finance/accounts/${number}`);
    expect(await main().innerText()).toContain('wurde das Konto nicht bebucht');
    await main().getByRole('link', { name: 'Bearbeiten' }).click();
    await page.waitForURL('**/edit');
    await page.getByLabel('Name').fill('Messen und Ausstellungen');
    await press('Speichern');
    await page.waitForURL(`**/finance/accounts/${number}`);
    await expect.poll(() => main().innerText()).toContain('Messen und Ausstellungen');

    await page.goto('/finance/accounts/8400?year=2011&month=2011-11');
    const balances = await page.locator('.sheet tbody td:last-child').allInnerTexts();
    expect(balances.length).toBe(200);
    expect(balances.every((text) => text.endsWith(' H'))).toBe(true);
    await main().getByRole('link', { name: 'Weiter' }).click();
    await page.waitForURL('**page=2');
    await expect.poll(() => main().innerText()).toContain('201 bis');
  });

  test('a bank line pays an invoice in part less charges, is taken back, and goes to an account', async () => {
    await page.goto('/finance/open-items?f=kind:in:RECEIVABLE&f=status:in:OPEN&f=openAmount:gte:100');
    const reference = await page.locator('.grid-row [data-col=reference]').nth(1).innerText();
    await page.goto('/finance/bank/new');
    await page.getByLabel('Betrag').fill('48,00');
    await page.getByLabel('Gebucht am').fill('2011-12-05');
    await page.getByLabel('Konto', { exact: false }).first().fill('DE02120300000000202051');
    await page.getByLabel('Verwendungszweck').fill(`Rechnung ${reference}`);
    await press('Anlegen');
    await page.waitForURL(record('bank'));
    // The number in the purpose has found the item.
    await main()
      .getByRole('row', { name: new RegExp(reference) })
      .getByRole('button', { name: 'Übernehmen' })
      .click();
    const cell = (row: number, column: string) =>
      page.locator(`[data-row="${row}"] [data-col=${column}] :is(input, select)`);
    expect(await cell(0, 'amount').inputValue()).toBe('48,00');
    await cell(0, 'amount').fill('50');
    await press('Zuordnen und buchen');
    await expect.poll(() => main().innerText()).toContain('unterscheiden sich um');
    await cell(1, 'account').focus();
    await page.keyboard.type('4970');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('=');
    await expect.poll(() => cell(1, 'amount').inputValue()).toBe('−2,00');
    await press('Zuordnen und buchen');
    await expect.poll(() => main().innerText()).toContain('Ausgeglichene Posten');
    expect(await main().innerText()).toMatch(/4970[\s\S]*2,00/);

    await press('Zuordnung aufheben');
    await dialog().getByLabel('Buchungsdatum').fill('2011-12-05');
    await dialog().getByLabel('Grund').fill('falsche Rechnung');
    await confirm('Zuordnung aufheben');
    await expect.poll(() => main().innerText()).toContain('Noch nicht zugeordnet');
    await cell(0, 'account').fill('2650');
    await page.getByRole('listbox').getByRole('option').first().click();
    await press('Zuordnen und buchen');
    await expect.poll(() => page.locator('.doc-head .pill').innerText()).toContain('Zugeordnet');
  });

  test('a bank line is given its customer, whose items are then offered, and what was assigned is changed before it is posted', async () => {
    await page.goto('/finance/open-items?f=kind:in:RECEIVABLE&f=status:in:OPEN&f=openAmount:gte:100');
    const text = (column: string) => page.locator(`.grid-row [data-col=${column}]`).nth(2).innerText();
    const [reference, customer] = [await text('reference'), await text('partnerName')];
    await page.goto('/finance/bank/new');
    await page.getByLabel('Betrag').fill('20,00');
    await page.getByLabel('Gebucht am').fill('2011-12-06');
    await page.getByLabel('Konto', { exact: false }).first().fill('DE02120300000000202051');
    await page.getByLabel('Verwendungszweck').fill('Danke');
    await press('Anlegen');
    await page.waitForURL(record('bank'));
    await expect.poll(() => main().innerText()).toContain('Noch nicht zugeordnet');
    expect(await main().getByRole('button', { name: 'Übernehmen' }).count()).toBe(0);

    await pressToGo(page, 'e', '**/edit');
    await page.getByLabel('Geschäftspartner').fill(customer);
    await page.getByRole('listbox').getByRole('option').first().click();
    await page.getByLabel('Notiz').fill('Am Telefon geklärt');
    await press('Speichern');
    await page.waitForURL(record('bank'));
    await expect.poll(() => main().innerText()).toContain('Am Telefon geklärt');
    await main().getByRole('button', { name: 'Übernehmen' }).first().click();

    // Another one than the first that was offered, found by its number.
    const cell = (row: number, column: string) =>
      page.locator(`[data-row="${row}"] [data-col=${column}] :is(input, select)`);
    await cell(0, 'amount').focus();
    await page.keyboard.press('Control+Delete');
    await expect.poll(() => cell(0, 'account').inputValue()).toBe('');
    await cell(0, 'account').fill(reference);
    await page.getByRole('listbox').getByRole('option').first().click();
    expect(await cell(0, 'amount').inputValue()).toBe('20,00');
    await press('Zuordnen und buchen');
    await expect.poll(() => page.locator('.doc-head .pill').innerText()).toContain('Zugeordnet');
    expect(
      await main()
        .getByRole('row', { name: new RegExp(reference) })
        .innerText(),
    ).toContain('20,00');
  });
});

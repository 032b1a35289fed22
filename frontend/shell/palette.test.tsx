import '#testing/next.ts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { creationFor } from './creation-for.ts';
import { creationsFor, placesFor } from './places.ts';
import { ShellClient } from './ShellClient.tsx';

const t = translator('de', de);
const none = { edges: [] };
const one = (node: object) => ({ edges: [{ node }] });
const gross = { amount: '12972.83' };

const answers = {
  PaletteCrm: {
    businessPartners: one({ id: 'p1', number: '14646', name: 'Kunde 14646', country: 'NL' }),
    opportunities: one({ id: 'o1', title: 'Laden 14646', partner: null, expectedAmount: gross }),
    activities: none,
  },
  PaletteSales: {
    salesInvoices: one({ id: 'i1', number: 'RE-14646', customerName: 'Kunde', issuedOn: '2011-12-07', gross }),
    salesOrders: none,
    quotes: none,
    deliveries: one({ id: 'd1', number: 'LS-14646', customerName: 'Kunde', deliverOn: '2011-12-07' }),
  },
  PaletteInventory: { articles: one({ id: 'a1', sku: '14646', name: 'Laterne', price: '4.95' }) },
  PalettePurchasing: { purchaseOrders: none, goodsReceipts: none, supplierInvoices: none },
  PaletteFinance: { ledgerAccounts: one({ id: 'l1', number: '14646', name: 'Debitor' }), journalEntries: none },
  PaletteTasks: { tasks: one({ id: 't1', message: 'Zeile 14646', createdAt: '2011-12-09T13:32:00Z' }) },
};

const everything = ['crm', 'sales', 'inventory', 'purchasing', 'finance', 'platform'].map((area) => `${area}:read`);
const pages = [
  ['/crm/partners', 'Geschäftspartner'],
  ['/sales/invoices', 'Rechnungen'],
  ['/finance/journal', 'Journal'],
  ['/finance/accounts', 'Konten'],
] as const;

beforeEach(() => {
  framework.pushed.length = 0;
  framework.path = '/';
});

async function open(found: object = answers, may: readonly string[] = everything) {
  const server = answering(found as Record<string, unknown>);
  vi.stubGlobal('fetch', server.fetch);
  const print = vi.fn();
  const drawn = draw(
    <>
      <ShellClient
        owner="company.reader"
        permissions={may.filter((each) => each.endsWith(':read'))}
        creations={creationsFor(t, may)}
        places={placesFor(t, 'de', may)}
      />
      <nav className="nav">
        {pages.map(([href, title]) => (
          <a className="nav-item" href={href} title={title} key={href}>
            {title}
          </a>
        ))}
      </nav>
      <main id="main">
        <div className="page-actions">
          <button type="button" onClick={print}>
            Drucken
          </button>
          <button type="button" disabled>
            Buchen
          </button>
        </div>
      </main>
    </>,
  );
  fireEvent.keyDown(document, { key: 'k', ctrlKey: true });
  return { ...drawn, server, print, field: await screen.findByRole('combobox') };
}

test('what was mistyped or has no umlauts still finds its page', async () => {
  const { user, field } = await open({});
  await user.type(field, 'rechnugn{Enter}');
  expect(framework.pushed).toEqual(['/sales/invoices']);
  fireEvent.keyDown(document, { key: 'k', ctrlKey: true });
  await user.type(await screen.findByRole('combobox'), 'geschaeftsp{Enter}');
  expect(framework.pushed).toEqual(['/sales/invoices', '/crm/partners']);
});

test('whose number is exactly what was typed comes first', async () => {
  const { user, field } = await open();
  await user.type(field, '14646');
  await screen.findByText('Laden 14646');
  const [first, second, third, fourth] = screen.getAllByRole('option').map((option) => option.textContent);
  expect([first, second, third].join()).toMatch(/Kunde 14646.*Laden 14646.*Laterne/);
  expect(fourth).toContain('14646 Debitor');
});

test('opens by Ctrl+K and goes to a page', async () => {
  const { user, field } = await open();
  await user.type(field, 'jour{Enter}');
  expect(framework.pushed).toEqual(['/finance/journal']);
  expect(screen.queryByRole('combobox')).toBeNull();
});

test('keeps the focus while it is open, and gives it back', async () => {
  const { user, field } = await open({}, []);
  await user.tab();
  expect(document.activeElement).toBe(field);
  await user.tab({ shift: true });
  expect(document.activeElement).toBe(field);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
});

test('finds records of every domain and opens the chosen one', async () => {
  const { user, field, server } = await open();
  await user.type(field, '14646');
  expect(await screen.findByText('Kunde 14646')).toBeTruthy();
  for (const found of ['Laden 14646', 'RE-14646', 'LS-14646', 'Laterne', '14646 Debitor', 'Zeile 14646'])
    expect(screen.getByText(found), found).toBeTruthy();
  // The graph looks through all tasks, not the page through the newest.
  expect(server.asked.find(({ operationName }) => operationName === 'PaletteTasks')?.variables.text).toBe('14646');
  await user.click(screen.getByText('14646 Debitor'));
  expect(framework.pushed).toEqual(['/finance/accounts/14646']);
});

test('a record without a page of its own is looked up in its list', async () => {
  const { user, field } = await open();
  await user.type(field, '14646');
  await user.click(await screen.findByText('Laden 14646'));
  expect(framework.pushed).toEqual(['/crm/opportunities?q=Laden%2014646']);
});

test('domains that the reader may not read are not asked', async () => {
  const { user, field, server } = await open(answers, ['crm:read']);
  await user.type(field, '14646');
  expect(await screen.findByText('Kunde 14646')).toBeTruthy();
  expect([...new Set(server.asked.map(({ operationName }) => operationName))]).toEqual(['PaletteCrm']);
});

test('a list that could not be searched is named, beside what was found, and can be tried again', async () => {
  const { user, field } = await open({
    ...answers,
    PaletteFinance: undefined,
    PaletteSales: { ...answers.PaletteSales, salesInvoices: null },
  });
  await user.type(field, '14646');
  expect(await screen.findByText('Kunde 14646')).toBeTruthy();
  expect(screen.getByText('Nicht durchsucht: Rechnungen, Konten, Journal')).toBeTruthy();
  vi.stubGlobal('fetch', answering(answers).fetch);
  await user.click(screen.getByRole('button', { name: 'Jetzt versuchen' }));
  expect(await screen.findByText('RE-14646')).toBeTruthy();
  expect(screen.queryByText(/Nicht durchsucht/)).toBeNull();
});

test('offers what the page in view offers, and nothing that is out of use there', async () => {
  const { user, field, print } = await open();
  await user.type(field, 'druck{Enter}');
  expect(print).toHaveBeenCalledOnce();
  fireEvent.keyDown(document, { key: 'k', ctrlKey: true });
  await user.type(await screen.findByRole('combobox'), 'buchen');
  expect(screen.queryByRole('option', { name: /^Buchen/ })).toBeNull();
});

test('finds sections of the settings and chapters of the guide', async () => {
  const { user, field } = await open({}, ['company:read']);
  await user.type(field, 'Firma{Enter}');
  expect(framework.pushed).toEqual(['/settings?tab=company']);
  expect(placesFor(t, 'de', []).map(({ href }) => href)).not.toContain('/settings?tab=company');
  expect(placesFor(t, 'de', []).map(({ href }) => href)).toContain('/help/finance');
});

test('offers to create only what the reader may create', async () => {
  const { user, field } = await open({}, ['crm:write']);
  await user.type(field, 'neue');
  expect(screen.getByText('Neuer Geschäftspartner')).toBeTruthy();
  expect(screen.getByText('Neue Chance')).toBeTruthy();
  expect(screen.queryByText('Neue Rechnung')).toBeNull();
});

test('works out a sum and says when there is nothing', async () => {
  const { user, field } = await open({}, []);
  await user.type(field, '3*19,95');
  expect(screen.getByText('3*19,95 = 59,85')).toBeTruthy();
  await user.clear(field);
  await user.type(field, 'zzz');
  // Not before the search has answered.
  expect(screen.queryByText('Kein Treffer')).toBeNull();
  expect(await screen.findByText('Kein Treffer')).toBeTruthy();
});

test('"new" means what the list in view is about, and an invoice where nothing fits', () => {
  const all = creationsFor(t, [
    'sales:write',
    'crm:write',
    'inventory:write',
    'purchasing:write',
    'finance:post',
    'platform:write',
  ]);
  const at = (path: string, creations = all) => creationFor(path, creations)?.href;
  expect(at('/crm/partners')).toBe('/crm/partners/new');
  expect(at('/crm/partners/17')).toBe('/crm/partners/new');
  expect(at('/inventory')).toBe('/inventory/articles/new');
  expect(at('/inventory/stock-movements')).toBe('/inventory/stock-movements/new');
  expect(at('/purchasing/receipts')).toBe('/purchasing/orders/new');
  expect(at('/purchasing/invoices')).toBe('/purchasing/invoices/new');
  expect(at('/tasks')).toBe('/tasks/import');
  expect(at('/')).toBe('/sales/invoices/new');
  expect(at('/finance/journal')).toBe('/finance/journal/new');
  expect(at('/finance/trial-balance')).toBe('/sales/invoices/new');
  expect(at('/sales/invoices', creationsFor(t, ['crm:write']))).toBe('/crm/partners/new');
  expect(at('/', creationsFor(t, ['sales:read']))).toBeUndefined();
});

test('a sum is copied, which is said, and where a browser forbids it that is said as well', async () => {
  const { user, field } = await open();
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await user.type(field, '3*19,95');
  await user.click(await screen.findByRole('option', { name: /59,85/ }));
  expect(await screen.findAllByText('59,85 ist kopiert')).toBeTruthy();
  expect(write).toHaveBeenCalledWith('59,85');
  write.mockRejectedValue(new Error('NotAllowedError'));
  fireEvent.keyDown(document, { key: 'k', ctrlKey: true });
  await user.type(await screen.findByRole('combobox'), '3*19,95');
  await user.click(await screen.findByRole('option', { name: /59,85/ }));
  expect(await screen.findAllByText('Hier erlaubt der Browser das Kopieren nicht: 59,85')).toBeTruthy();
});

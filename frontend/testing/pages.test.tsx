// @vitest-environment node
import '#testing/next.ts';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import type { ReactNode } from 'react';
import { prerender } from 'react-dom/static';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { en } from '#i18n/messages.en.ts';
import { graphFetch } from '#testing/graph.ts';
import { framework } from '#testing/next.ts';

const app = join(import.meta.dirname, '../app');
const pages = globSync('**/page.tsx', { cwd: app }).sort();

const record = '00000000-0000-7000-8000-000000000007';

/** States in which a document can still be changed. */
const texts = { de, en };

/** Whoever may do everything sees whole pages. */
const permissions = [
  ...['company', 'crm', 'finance', 'inventory', 'platform', 'purchasing', 'sales'].flatMap((domain) =>
    ['read', 'write', 'post'].map((right) => `${domain}:${right}`),
  ),
  'users:manage',
];

const editable = {
  ...Object.fromEntries(
    ['Quote', 'SalesOrder', 'Delivery', 'SalesInvoice', 'PurchaseOrder', 'GoodsReceipt'].map((type) => [
      `${type}.status`,
      'DRAFT',
    ]),
  ),
  'SupplierInvoice.status': 'RECEIVED',
  'Role.id': record,
  'Role.builtIn': false,
  'Viewer.permissions': permissions,
};

async function render(node: ReactNode): Promise<string> {
  const failures: unknown[] = [];
  const { prelude } = await prerender(node, { onError: (error) => void failures.push(error) });
  const html = await new Response(prelude).text();
  if (failures.length > 0) throw failures[0];
  return html;
}

async function renderPage(file: string, locale: 'de' | 'en', query: object = {}): Promise<string> {
  const { default: Page } = (await import(join(app, file))) as { default: (props: object) => Promise<ReactNode> };
  const params = Promise.resolve({ id: record, number: '8400', topic: 'start' });
  const searchParams = Promise.resolve(query);
  const page = await Page({ params, searchParams });
  return render(
    <LanguageProvider locale={locale} messages={texts[locale]}>
      {page}
    </LanguageProvider>,
  );
}

beforeEach(() => {
  framework.cookies.clear();
  vi.stubGlobal(
    'fetch',
    graphFetch({
      'SalesInvoice.status': 'POSTED',
      'SalesInvoice.kind': 'INVOICE',
      'Role.id': record,
      'Viewer.permissions': permissions,
    }),
  );
});

describe.each(['de', 'en'] as const)('in %s', (locale) => {
  beforeEach(() => framework.cookies.set('valeo-display', `locale=${locale}`));

  test.each(pages.filter((file) => !file.includes('missing') && !file.includes('/edit/')))(
    '%s renders with what the graph gives',
    async (file) => {
      const html = await renderPage(file, locale);
      expect(html.length).toBeGreaterThan(10);
      expect(html).not.toMatch(/undefined|NaN|\[object Object\]/);
      expect(html).not.toContain(texts[locale]['error.notAllowedTitle']);
      // A key that is shown instead of its text is a text that is missing.
      expect(html).not.toMatch(/>(ui|field|enum|nav|view|action)\.[\w.]+</);
    },
  );

  test.each(pages.filter((file) => file.includes('/edit/')))('%s opens what is being edited', async (file) => {
    vi.stubGlobal('fetch', graphFetch(editable));
    expect(await renderPage(file, locale)).toContain('<form');
  });
});

test.each(pages.filter((file) => !/missing|floor|styleguide\/page/i.test(file)))(
  '%s says in its title what it is',
  async (file) => {
    framework.cookies.set('valeo-display', 'locale=de');
    const isEdit = file.includes('/edit/');
    if (isEdit) vi.stubGlobal('fetch', graphFetch(editable));
    const { generateMetadata } = (await import(join(app, file))) as {
      generateMetadata?: (props: object) => Promise<{ title: { absolute: string } }>;
    };
    const metadata = await generateMetadata?.({ searchParams: Promise.resolve({}) });
    const title = metadata?.title.absolute ?? /<title>(.*?)<\/title>/.exec(await renderPage(file, 'de'))?.[1];
    expect(title).toMatch(isEdit ? / bearbeiten · VALEO NeuroERP$/ : /^.+ · VALEO NeuroERP$/);
  },
);

test('a record that does not exist is a missing page, not an error', async () => {
  vi.stubGlobal(
    'fetch',
    graphFetch({
      'Query.salesInvoice': null,
      'Query.businessPartner': null,
      'Query.article': null,
      'Query.accountSheet': null,
    }),
  );
  for (const file of pages.filter((each) => /(sales\/invoices|partners|articles|accounts)\/\[\w+\]\/page/.test(each))) {
    await expect(renderPage(file, 'de'), file).rejects.toThrow('NOT_FOUND');
  }
});

test('a page of the books shows the newest year with entries, unless another is asked for', async () => {
  const books = ['accounts/[number]', 'periods', 'trial-balance'].map((each) => `(app)/finance/${each}/page.tsx`);
  vi.stubGlobal('fetch', graphFetch({ 'Query.fiscalYears': [2011, 2010], 'Viewer.permissions': ['finance:read'] }));
  for (const file of books) {
    expect(await renderPage(file, 'de'), file).toContain('<option value="2011" selected="">');
    expect(await renderPage(file, 'de', { year: '2010' }), file).toContain('<option value="2010" selected="">');
  }
});

test('who is about to write an invoice is told what the law asks of the company and is not there yet', async () => {
  const page = '(app)/sales/invoices/new/page.tsx';
  const nothing = { 'Company.address': null, 'Company.taxNumber': null, 'Company.vatId': null };
  const asked = async (company: object, may: readonly string[] = permissions) => {
    vi.stubGlobal('fetch', graphFetch({ ...company, 'Viewer.permissions': may }));
    return /fehlt noch: ([^<]+)/.exec(await renderPage(page, 'de'))?.[1];
  };
  expect(await asked(nothing)).toMatch(/^Anschrift, USt-IdNr\. oder Steuernummer\./);
  expect(await asked({ ...nothing, 'Company.vatId': 'DE136695976' })).toMatch(/^Anschrift\./);
  expect(await asked({})).toBeUndefined();
  expect(await asked(nothing, ['sales:write'])).toBeUndefined();
});

describe('when a domain is down', () => {
  const down = (...fields: string[]) =>
    vi.stubGlobal('fetch', graphFetch(Object.fromEntries(fields.map((field) => [field, new Error('down')]))));
  const parts = (html: string) => html.split('Dieser Teil ließ sich nicht laden.').length - 1;

  test('the parts that it answers say so in their places, and the rest of the record is there', async () => {
    down('SalesInvoice.journalEntry', 'SalesInvoice.customer', 'SalesInvoice.attachments');
    const invoice = await renderPage('(app)/sales/invoices/[id]/page.tsx', 'de');
    expect(parts(invoice)).toBe(3);
    expect(invoice).toContain('customerName 1');
    down('BusinessPartner.salesInvoices', 'BusinessPartner.openItems', 'BusinessPartner.receivable');
    const partner = await renderPage('(app)/crm/partners/[id]/page.tsx', 'de');
    expect(parts(partner)).toBe(3);
    down('JournalEntry.attachments');
    expect(parts(await renderPage('(app)/finance/journal/[id]/page.tsx', 'de'))).toBe(1);
  });

  test('a record that it owns is a fault with a way to try again, not a record that does not exist', async () => {
    down('Query.salesInvoice', 'Query.quote');
    for (const file of ['(app)/sales/invoices/[id]/page.tsx', '(app)/sales/quotes/[id]/page.tsx']) {
      await expect(renderPage(file, 'de'), file).rejects.toThrow('down');
    }
  });
});

test('without a session a page leads to the sign-in, and back afterwards', async () => {
  framework.headers.set('x-path', '/sales/invoices?q=1');
  vi.stubGlobal('fetch', async () =>
    Response.json({ data: null, errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] }),
  );
  await expect(renderPage('(app)/sales/invoices/[id]/page.tsx', 'de')).rejects.toThrow(
    'REDIRECT /sign-in?next=%2Fsales%2Finvoices%3Fq%3D1',
  );
});

test('the frame names the company, its areas and the reader, and offers the way out', async () => {
  const { default: Layout } = (await import(join(app, '(app)/layout.tsx'))) as {
    default: (props: { children: ReactNode }) => Promise<ReactNode>;
  };
  const html = await render(await Layout({ children: <main id="main">page</main> }));
  expect(html).toContain('href="/sales/invoices"');
  expect(html).toMatch(
    /action="\/auth\/sign-out" method="post"><input type="hidden" name="owner" value="[^"]+\.[^"]+"/,
  );
  expect(html).toContain('<html lang="de"');
});

describe('who may not read', () => {
  const refused = new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
  const sales = permissions.filter((each) => !/^(finance|purchasing):/.test(each));

  test.each([
    ['(app)/finance/journal/page.tsx', { 'Query.journalEntries': refused }],
    ['(app)/purchasing/orders/page.tsx', { 'Query.purchaseOrders': refused }],
    ['(app)/finance/trial-balance/page.tsx', { 'Query.fiscalYears': refused }],
    ['(app)/finance/periods/page.tsx', { 'Query.fiscalYears': refused }],
  ])('%s is told so, and not that there is nothing', async (page, answers) => {
    vi.stubGlobal('fetch', graphFetch({ ...answers, 'Viewer.permissions': sales }));
    const html = await renderPage(page, 'de');
    expect(html).toContain(de['error.notReadableText']);
    expect(html).not.toContain('role="grid"');
  });

  test.each([
    ['(app)/finance/journal/[id]/page.tsx', { 'Query.journalEntry': refused }],
    ['(app)/purchasing/orders/[id]/page.tsx', { 'Query.purchaseOrder': refused }],
    ['(app)/finance/accounts/[number]/page.tsx', { 'Query.fiscalYears': refused }],
  ])('%s is a page that is not there, and no failure', async (page, answers) => {
    vi.stubGlobal('fetch', graphFetch({ ...answers, 'Viewer.permissions': sales }));
    await expect(renderPage(page, 'de')).rejects.toThrow('NOT_FOUND');
  });

  test('sees in the navigation and on the phone what is open, and no title above nothing', async () => {
    vi.stubGlobal('fetch', graphFetch({ 'Viewer.permissions': sales }));
    const { default: Layout } = (await import(join(app, '(app)/layout.tsx'))) as {
      default: (props: { children: ReactNode }) => Promise<ReactNode>;
    };
    for (const html of [
      await render(await Layout({ children: null })),
      await renderPage('(app)/more/page.tsx', 'de'),
    ]) {
      expect(html).toContain('href="/inventory/articles"');
      expect(html).not.toMatch(/href="\/(finance|purchasing)\//);
      expect(html).not.toContain(`>${de['nav.finance']}<`);
    }
  });
});

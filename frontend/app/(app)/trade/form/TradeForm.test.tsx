import '#testing/next.ts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { emptyLine } from '../../sales/invoices/form/draft.ts';
import { TradeForm } from './TradeForm.tsx';
import { emptyDraft } from './trade-draft.ts';

const taxCodes = [
  { code: 'U19', name: 'Inland 19 %', rate: '19', direction: 'SALE' },
  { code: 'U7', name: 'Inland 7 %', rate: '7', direction: 'SALE' },
  { code: 'AUS', name: 'Ausfuhr', rate: '0', direction: 'SALE' },
];
const customer = {
  id: 'c1',
  number: '10001',
  name: 'Kontor Elbe',
  country: 'DE',
  city: 'Hamburg',
  paymentTermDays: 30,
};
const article = {
  id: 'a1',
  sku: '22947',
  name: 'Adventskalender',
  unit: 'C62',
  price: '16.95',
  taxCode: 'U19',
  onHand: '48',
};
const connection = (node: object) => ({ edges: [{ node }] });

function show(answers: object = {}) {
  const server = answering({
    FindCustomers: { businessPartners: connection(customer) },
    FindArticles: { articles: connection(article) },
    TaxCodes: { taxCodes: [{ code: 'U19', name: 'Inland', rate: '16', direction: 'SALE' }] },
    CreateSalesInvoice: { createSalesInvoice: { salesInvoice: { id: 'i1' }, error: null } },
    PostSalesInvoice: { postSalesInvoice: { salesInvoice: { id: 'i1', number: 'RE-2011-000001' }, error: null } },
    ...answers,
  });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(
    <TradeForm
      kind="salesInvoice"
      edited={null}
      drafts={[]}
      taxCodes={taxCodes}
      initial={emptyDraft({ suppliedOn: '2011-12-09', issuedOn: '2011-12-09' })}
    />,
  );
  return { ...drawn, server };
}

async function fillIn(user: ReturnType<typeof draw>['user']) {
  await user.type(screen.getByRole('combobox', { name: 'Kunde' }), 'kont');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  await user.type(screen.getByRole('combobox', { name: 'Artikel, Position 1' }), '229');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Menge, Position 1'));
  await user.keyboard('6');
}

/** What is read out with a field. */
const described = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent;

beforeEach(() => {
  framework.pushed.length = 0;
});

test('customer and article are found while typing, and the totals follow every key', async () => {
  const { user } = show();
  await fillIn(user);
  expect((screen.getByRole('combobox', { name: 'Kunde' }) as HTMLInputElement).value).toBe('Kontor Elbe');
  expect((screen.getByLabelText('Zahlungsziel') as HTMLInputElement).value).toBe('30');
  expect(screen.getByText('Adventskalender')).toBeTruthy();
  expect(screen.getByText('121,02 €')).toBeTruthy();
  await user.selectOptions(screen.getByLabelText('Steuer, Position 1'), 'U7');
  expect(screen.getByText('108,82 €')).toBeTruthy();
});

test('German VAT for a customer abroad is asked about, with the codes that are usual there', async () => {
  const { user } = show({ FindCustomers: { businessPartners: connection({ ...customer, country: 'CH' }) } });
  await fillIn(user);
  expect(await screen.findByText('Kunde im Ausland (Schweiz)')).toBeTruthy();
  await user.selectOptions(screen.getByLabelText('Steuer, Position 1'), 'AUS');
  expect(screen.queryByText('Kunde im Ausland (Schweiz)')).toBeNull();
});

test('posting saves the draft first and opens the document', async () => {
  const { user, server } = show();
  await fillIn(user);
  await user.click(screen.getByRole('button', { name: /Prüfen und buchen/ }));
  expect(await screen.findByText('RE-2011-000001 ist gebucht')).toBeTruthy();
  const created = server.asked.find((each) => each.operationName === 'CreateSalesInvoice')?.variables.input;
  expect(created).toMatchObject({
    customerId: 'c1',
    paymentTermDays: 30,
    lines: [{ articleId: 'a1', quantity: '6', unitPrice: '16.95', taxCode: 'U19' }],
  });
  expect(framework.pushed).toEqual(['/sales/invoices/i1']);
});

test('a fault is told at the field, under the row and at the side, and nothing is sent', async () => {
  const { user, server } = show();
  await fillIn(user);
  await user.clear(screen.getByLabelText('Menge, Position 1'));
  await user.type(screen.getByLabelText('Menge, Position 1'), '0');
  fireEvent.keyDown(screen.getByLabelText('Menge, Position 1'), { key: 'Enter', ctrlKey: true });
  expect(await screen.findByText('1 Angabe prüfen')).toBeTruthy();
  expect(screen.getByText(/Menge: Muss größer als 0 sein/)).toBeTruthy();
  expect(screen.getByLabelText('Menge, Position 1').getAttribute('aria-invalid')).toBe('true');
  expect(described(screen.getByLabelText('Menge, Position 1'))).toMatch(/Muss größer als 0 sein/);
  expect(screen.getByLabelText('Einzelpreis, Position 1').hasAttribute('aria-describedby')).toBe(false);
  expect(server.asked.some((each) => each.operationName === 'CreateSalesInvoice')).toBe(false);
});

test('a document without a customer says so with the field, also to those who hear it', async () => {
  const { user } = show();
  await user.click(screen.getByRole('button', { name: /Entwurf sichern/ }));
  const customer = screen.getByRole('combobox', { name: 'Kunde' });
  await waitFor(() => expect(document.activeElement).toBe(customer));
  expect(customer.getAttribute('aria-required')).toBe('true');
  expect(described(customer)).toBe('Bitte ausfüllen.');
});

test('an error of the graph stands at its line', async () => {
  const { user } = show({
    CreateSalesInvoice: {
      createSalesInvoice: {
        salesInvoice: null,
        error: {
          code: 'INVALID_INPUT',
          message: 'Bitte prüfen.',
          fields: [{ path: 'lines.0.unitPrice', message: 'Zu hoch.' }],
        },
      },
    },
  });
  await fillIn(user);
  await user.click(screen.getByRole('button', { name: /Entwurf sichern/ }));
  expect(await screen.findByText(/Preis €: Zu hoch/)).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Einzelpreis, Position 1')));
});

test('what cannot be posted is still safe as a draft', async () => {
  const { user } = show({
    PostSalesInvoice: {
      postSalesInvoice: {
        salesInvoice: null,
        error: { code: 'PERIOD_CLOSED', message: 'Der Monat ist geschlossen.', fields: [] },
      },
    },
  });
  await fillIn(user);
  await user.click(screen.getByRole('button', { name: /Prüfen und buchen/ }));
  await waitFor(() => expect(framework.pushed).toEqual(['/sales/invoices/i1/edit']));
  expect(await screen.findByText('Der Monat ist geschlossen.')).toBeTruthy();
});

test('the keys for saving need no field that has the focus', async () => {
  const { user, server } = show();
  await fillIn(user);
  (document.activeElement as HTMLElement).blur();
  await user.keyboard('{Control>}s{/Control}');
  await waitFor(() => expect(server.asked.map((each) => each.operationName)).toContain('CreateSalesInvoice'));
});

test('keys move between fields and rows, copy from above and remove', async () => {
  const { user } = show();
  await fillIn(user);
  const rows = () => screen.getAllByRole('combobox', { name: /Artikel, Position/ }).length;
  expect(rows()).toBe(2);
  await user.keyboard('{Enter}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Einzelpreis, Position 1');
  await user.keyboard('{Enter}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Artikel, Position 2');
  fireEvent.keyDown(document.activeElement as Element, { key: 'd', ctrlKey: true });
  expect((screen.getByLabelText('Menge, Position 2') as HTMLInputElement).value).toBe('6');
  expect(rows()).toBe(3);
  screen.getByLabelText('Menge, Position 2').focus();
  await user.keyboard('{ArrowUp}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Menge, Position 1');
  fireEvent.keyDown(screen.getByLabelText('Menge, Position 2'), { key: 'Delete', ctrlKey: true });
  expect(rows()).toBe(2);
  await user.click(screen.getByRole('button', { name: 'Position 1 entfernen' }));
  expect(rows()).toBe(1);
});

test('another date of supply brings the rates of that day', async () => {
  const { user } = show();
  await fillIn(user);
  fireEvent.change(screen.getByLabelText(/Leistungsdatum/), { target: { value: '2020-08-01' } });
  expect(await screen.findByText(/Umsatzsteuer 16 %/)).toBeTruthy();
});

test('a draft of a delivery goes on billing it, unless a line turns to another article', async () => {
  const server = answering({
    FindArticles: { articles: connection({ ...article, id: 'a2', sku: '22948' }) },
    UpdateSalesInvoice: { updateSalesInvoice: { salesInvoice: { id: 'i1' }, error: null } },
  });
  vi.stubGlobal('fetch', server.fetch);
  const stored = (sku: string, orderLine: number) => ({
    ...emptyLine(),
    ...{ articleId: 'a1', sku, name: 'Sondertext', quantity: '6', unitPrice: '16,95', taxCode: 'U19' },
    ...{ description: 'Sondertext', orderLine, deliveryId: 'd1' },
  });
  const partner = { id: 'c1', name: 'Kontor Elbe', detail: '', country: 'DE' };
  const lines = [stored('22947', 1), stored('22949', 2), emptyLine()];
  const { user } = draw(
    <TradeForm
      kind="salesInvoice"
      edited={{ id: 'i1', version: 3 }}
      drafts={[]}
      taxCodes={taxCodes}
      initial={emptyDraft({ partner, suppliedOn: '2011-12-09', issuedOn: '2011-12-09', lines })}
    />,
  );
  fireEvent.change(screen.getByLabelText('Einzelpreis, Position 1'), { target: { value: '15,00' } });
  await user.type(screen.getByRole('combobox', { name: 'Artikel, Position 2' }), '8');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  await user.click(screen.getByRole('button', { name: /Entwurf sichern/ }));
  await waitFor(() => expect(server.asked.some((each) => each.operationName === 'UpdateSalesInvoice')).toBe(true));
  const sent = server.asked.find((each) => each.operationName === 'UpdateSalesInvoice')?.variables.input as {
    lines: object[];
  };
  expect(sent.lines).toEqual([
    {
      ...{ articleId: 'a1', quantity: '6', unitPrice: '15.00', taxCode: 'U19' },
      ...{ description: 'Sondertext', orderLine: 1, deliveryId: 'd1' },
    },
    { articleId: 'a2', quantity: '6', unitPrice: '16.95', taxCode: 'U19' },
  ]);
});

import '#testing/next.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { InvoiceActions } from './InvoiceActions.tsx';

const failed = (message: string, fields: object[] = []) => ({
  salesInvoice: null,
  error: { code: 'X', message, fields },
});
const done = { salesInvoice: { id: 'i1', number: 'RE-2011-000001' }, error: null };

function show(
  status: 'DRAFT' | 'POSTED' | 'CANCELLED',
  answers: object,
  { isInvoice = true, isCancellation = false } = {},
) {
  const server = answering({
    CashAccounts: {
      ledgerAccounts: {
        edges: [{ node: { number: '1000', name: 'Kasse' } }, { node: { number: '1200', name: 'Bank' } }],
      },
    },
    ...answers,
  });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(
    <InvoiceActions
      id="i1"
      title="RE-1"
      status={status}
      isInvoice={isInvoice}
      isCancellation={isCancellation}
      openAmount="777.67"
      gross="777.67"
      may={{ write: true, post: true }}
    />,
  );
  return { ...drawn, server };
}

beforeEach(() => {
  framework.pushed.length = 0;
  framework.refreshed = 0;
});

test('a draft is posted after a question, and the page shows it anew', async () => {
  const { user } = show('DRAFT', { PostSalesInvoice: { postSalesInvoice: done } });
  await user.click(screen.getByRole('button', { name: /Buchen/ }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Buchen' }));
  expect(await screen.findByText('RE-2011-000001 ist gebucht')).toBeTruthy();
  expect(framework.refreshed).toBe(1);
});

test('what stands in the way of posting is said in the dialog', async () => {
  const { user } = show('DRAFT', { PostSalesInvoice: { postSalesInvoice: failed('Der Monat ist geschlossen.') } });
  await user.click(screen.getByRole('button', { name: /Buchen/ }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Buchen' }));
  expect(await screen.findByText('Der Monat ist geschlossen.')).toBeTruthy();
});

test('a draft can be thrown away', async () => {
  const { user } = show('DRAFT', { DeleteSalesInvoice: { deleteSalesInvoice: { error: null } } });
  await user.click(screen.getByRole('button', { name: 'Entwurf löschen' }));
  await waitFor(() => expect(framework.pushed).toEqual(['/sales/invoices']));
});

test('a draft that is brought back is what it was: its kind, what it bills and its texts', async () => {
  const line = { sku: 'A', description: 'Sondertext', quantity: '2', unitPrice: '5.00', taxCode: 'U19', orderLine: 1 };
  const draft = {
    ...{
      id: 'i1',
      version: 1,
      status: 'DRAFT',
      kind: 'CREDIT_NOTE',
      country: 'AT',
      order: { id: 'o1' },
      corrects: { id: 'c0' },
    },
    ...{ suppliedOn: '2024-01-02', issuedOn: '2024-01-03', paymentTermDays: 7, note: 'n', reference: 'r' },
    customer: { id: 'c1', number: '10001', country: 'DE' },
    lines: [{ ...line, article: { id: 'a1', sku: 'A' }, delivery: { id: 'd1' } }],
  };
  const { user, server } = show('DRAFT', {
    InvoiceDraft: { salesInvoice: draft },
    DeleteSalesInvoice: { deleteSalesInvoice: { error: null } },
    CreateSalesInvoice: { createSalesInvoice: { salesInvoice: { id: 'i2' }, error: null } },
  });
  await user.click(screen.getByRole('button', { name: 'Entwurf löschen' }));
  await user.click(await screen.findByRole('button', { name: 'Rückgängig' }));
  await waitFor(() => expect(framework.pushed).toContain('/sales/invoices/i2'));
  const { sku: _, ...sent } = line;
  expect(server.asked.at(-1)?.variables.input).toMatchObject({
    ...{ kind: 'CREDIT_NOTE', customerId: 'c1', country: 'AT', orderId: 'o1', correctsId: 'c0', paymentTermDays: 7 },
    lines: [{ ...sent, articleId: 'a1', deliveryId: 'd1' }],
  });
});

test('a payment goes to the bank account unless another is chosen, with an exact amount', async () => {
  const { user, server } = show('POSTED', { RecordPayment: { recordPayment: done } });
  await user.click(screen.getByRole('button', { name: /Zahlung erfassen/ }));
  const dialog = await screen.findByRole('dialog');
  await waitFor(() => expect((within(dialog).getByLabelText(/Auf Konto/) as HTMLSelectElement).value).toBe('1200'));
  const amount = within(dialog).getByLabelText(/Betrag/);
  expect((amount as HTMLInputElement).value).toBe('777,67');
  await user.clear(amount);
  await user.type(amount, 'x');
  await user.click(within(dialog).getByRole('button', { name: 'Zahlung erfassen' }));
  expect(within(dialog).getByText('Das ist keine Zahl.')).toBeTruthy();
  await user.clear(amount);
  await user.type(amount, '500');
  await user.click(within(dialog).getByRole('button', { name: 'Zahlung erfassen' }));
  expect(await screen.findByText(/Zahlung von 500,00/)).toBeTruthy();
  expect(server.asked.at(-1)?.variables.input).toMatchObject({ salesInvoiceId: 'i1', amount: '500', account: '1200' });
});

test('cancelling wants a reason', async () => {
  const { user, server } = show('POSTED', { CancelSalesInvoice: { cancelSalesInvoice: done } });
  await user.click(screen.getByRole('button', { name: 'Stornieren' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Stornieren' }));
  expect(within(dialog).getByText('Bitte ausfüllen.')).toBeTruthy();
  expect(server.asked).toHaveLength(0);
  await user.type(within(dialog).getByLabelText(/Grund/), 'Falscher Empfänger');
  await user.click(within(dialog).getByRole('button', { name: 'Stornieren' }));
  expect(await screen.findByText('RE-1 ist storniert')).toBeTruthy();
});

test('a cancelled document offers nothing more', () => {
  show('CANCELLED', {});
  expect(screen.queryByRole('button', { name: 'Stornieren' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Zahlung/ })).toBeNull();
});

test('whoever may only read is offered nothing to change', () => {
  draw(
    <InvoiceActions
      id="i1"
      title="RE-1"
      status="DRAFT"
      isInvoice
      isCancellation={false}
      openAmount="1.00"
      gross="1.00"
      may={{ write: false, post: false }}
    />,
  );
  for (const name of [/Buchen/, 'Entwurf löschen']) expect(screen.queryByRole('button', { name })).toBeNull();
  expect(screen.queryByRole('link', { name: /Bearbeiten/ })).toBeNull();
});

test('a credit note that is open is paid back, and a cancellation is not cancelled', async () => {
  const paid = { recordPayment: { salesInvoice: { id: 'i1' }, error: null } };
  const { user, server } = show('POSTED', { RecordPayment: paid }, { isInvoice: false, isCancellation: true });
  expect(screen.queryByRole('button', { name: 'Stornieren' })).toBeNull();
  await user.click(screen.getByRole('button', { name: /Erstattung erfassen/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await waitFor(() => expect(dialog.getByLabelText<HTMLSelectElement>(/Von Konto/).value).toBe('1200'));
  expect(dialog.getByLabelText(/Erstattet am/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Erstattung erfassen' }));
  expect(await screen.findByText(/Erstattung von 777,67\s€ erfasst/)).toBeTruthy();
  expect(server.asked.at(-1)?.variables.input).toMatchObject({ salesInvoiceId: 'i1', amount: '777.67' });
});

const billed = (creditNotes: object[] = []) => {
  const line = { sku: 'A', description: 'Text', quantity: '2', unitPrice: '5.00', taxCode: 'U19' };
  const invoice = {
    ...{ id: 'i1', version: 1, status: 'POSTED', kind: 'INVOICE', country: 'DE', order: { id: 'o1' } },
    ...{ suppliedOn: '2020-12-30', issuedOn: '2020-12-31', paymentTermDays: 7, note: 'n', reference: 'r' },
    ...{ customer: { id: 'c1', number: '10001', country: 'DE' }, corrects: null, creditNotes },
    lines: [{ ...line, orderLine: 1, article: { id: 'a1', sku: 'A' }, delivery: { id: 'd1' } }],
  };
  const { sku: _, ...credited } = line;
  const drawn = show('POSTED', {
    InvoiceDraft: { salesInvoice: invoice },
    CreateSalesInvoice: { createSalesInvoice: { salesInvoice: { id: 'g1' }, error: null } },
  });
  return { ...drawn, credited };
};
const noted = (status: string, quantity: string) => ({
  status,
  lines: [{ article: { id: 'a1' }, taxCode: 'U19', quantity }],
});

test('a credit note is drafted from an invoice, names it and its deliveries, and is opened to be cut down', async () => {
  const { user, server, credited } = billed();
  await user.click(screen.getByRole('button', { name: 'Gutschrift' }));
  await waitFor(() => expect(framework.pushed).toEqual(['/sales/invoices/g1/edit']));
  const { input } = server.asked.at(-1)?.variables as { input: { lines: object[] } };
  expect(input).toMatchObject({
    ...{ kind: 'CREDIT_NOTE', customerId: 'c1', suppliedOn: '2020-12-30', correctsId: 'i1' },
  });
  expect(input.lines).toEqual([{ ...credited, articleId: 'a1', deliveryId: 'd1' }]);
});

test('what credit notes have taken, drafts included, is not drafted once more', async () => {
  const { user, server } = billed([noted('DRAFT', '0.5'), noted('POSTED', '0.75'), noted('CANCELLED', '2')]);
  await user.click(screen.getByRole('button', { name: 'Gutschrift' }));
  await waitFor(() => expect(framework.pushed).toEqual(['/sales/invoices/g1/edit']));
  expect(server.asked.at(-1)?.variables.input).toMatchObject({ lines: [{ articleId: 'a1', quantity: '0.75' }] });
});

test('an invoice that is credited in full says so', async () => {
  const { user, server } = billed([noted('POSTED', '2')]);
  await user.click(screen.getByRole('button', { name: 'Gutschrift' }));
  expect(await screen.findByText('Von RE-1 ist schon alles gutgeschrieben.')).toBeTruthy();
  expect(server.asked.map(({ operationName }) => operationName)).not.toContain('CreateSalesInvoice');
});

import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { sampleForm } from '#testing/sample-form.ts';
import { RecordForm, type RecordFormProps } from '#ui/RecordForm.tsx';
import type { FormDraft } from './DraftOffer.tsx';
import { standingOf } from './standing.ts';
import { forgetStore } from './store.ts';

/** A record that others delete or post while it is being edited. */

const props: RecordFormProps = { ...sampleForm, record: { form: 'sales.invoice', recordId: 't-1', version: 1 } };
const form = (given: Partial<RecordFormProps> = {}) => (
  <div data-owner="company.person">
    <RecordForm {...props} {...given} />
  </div>
);

function serve(code: string, record: object | null) {
  const server = answering({
    UpdateThing: { updateThing: { thing: null, error: { code, message: 'Geht nicht.', fields: [] } } },
    SalesInvoiceStanding: { record },
    SaveDraft: { saveDraft: { draft: { id: 'd', updatedAt: '2026-01-01T00:00:00Z' }, error: null } },
  });
  vi.stubGlobal('fetch', server.fetch);
  return server;
}

beforeEach(async () => {
  framework.pushed.length = 0;
  history.replaceState(null, '', '/');
  await forgetStore('company.person');
});

test.each([
  ['NOT_FOUND', null, /inzwischen gelöscht/],
  ['NOT_DRAFT', { version: 2, status: 'POSTED' }, /inzwischen gebucht/],
  ['CONFLICT', { version: 2, status: 'CANCELLED' }, /inzwischen storniert/],
])('a form says what became of its record: %s', async (code, record, notice) => {
  const server = serve(code, record);
  const { user } = draw(form());
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  // The help of the form comes a moment after the first key.
  await waitFor(() => expect(server.asked.some((each) => each.operationName === 'SaveDraft')).toBe(true), {
    timeout: 5000,
  });
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText(notice)).toBeTruthy();
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Hamburg-Altona');

  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText(/Nicht gespeichert/)).toBeTruthy();
  expect(server.asked.filter((each) => each.operationName === 'UpdateThing')).toHaveLength(1);

  await user.click(screen.getByRole('button', { name: 'Neu anlegen' }));
  const { id } = server.asked.find((each) => each.operationName === 'SaveDraft')?.variables.input as { id: string };
  await waitFor(() => expect(framework.pushed).toEqual([`/sales/invoices/new?draft=${id}`]));
});

test('a draft of such a record goes on as a new one, whole and over what stands there', () => {
  serve('', null);
  history.replaceState(null, '', '/?draft=d-1');
  const draft: FormDraft = {
    id: 'd-1',
    recordId: 't-1',
    recordVersion: 1,
    updatedAt: '2026-01-01T10:00:00Z',
    content: { values: { city: 'Kiel' }, base: { city: 'Kiel' }, version: 1 },
  };
  draw(
    form({
      drafts: [draft],
      values: { name: 'Neu', city: '' },
      record: { form: 'sales.invoice', recordId: null, version: null },
    }),
  );
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Kiel');
  expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('Neu');
  expect(screen.getByText(/Speichern legt es neu an/)).toBeTruthy();
});

test('what became of a record is asked by its version and its status', async () => {
  const record = { form: 'sales.invoice', recordId: 't-1', version: 3 };
  serve('', { version: 3, status: 'DRAFT' });
  expect(await standingOf(record)).toBe('same');
  expect(await standingOf({ ...record, version: 2 })).toBe('newer');
  expect(await standingOf({ ...record, form: 'identity.role' })).toBe('newer');
});

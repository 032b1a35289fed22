import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { draw } from '#testing/render.tsx';
import { Outbox } from './Outbox.tsx';
import { forgetStore, inStore } from './store.ts';
import type { Write } from './write.ts';

const owner = 'company.person';
const write = (given: Partial<Write>): Write => ({
  owner,
  id: 'w-1',
  order: 1,
  operation: { id: 'x', name: 'UpdateBusinessPartner' },
  mutation: 'updateBusinessPartner',
  object: 'businessPartner',
  input: { id: 'p-1', version: 1, phone: '111' },
  form: 'crm.partner',
  title: 'Elbe Kontor',
  href: '/crm/partners/p-1/edit',
  base: null,
  values: {},
  makes: null,
  state: 'waiting',
  sent: false,
  fault: null,
  madeAt: '2026-01-01T10:00:00Z',
  ...given,
});

beforeEach(() => forgetStore(owner));

test('a write that something on the way refuses says so, with what it was answered', async () => {
  const refused = write({ state: 'failed', fault: { code: 'HTTP_403', message: '', fields: [] } });
  await inStore(['writes'], 'readwrite', (to) => to.objectStore('writes').put(refused));
  draw(
    <div data-owner={owner}>
      <Outbox drafts={[]} />
    </div>,
  );
  expect(await screen.findByText(/lässt es nicht durch \(Antwort 403\)/)).toBeTruthy();
});

test('a write that met another says so, without values that nobody can place', async () => {
  const fields = [{ path: 'phone', code: 'CONFLICT', message: 'Inzwischen steht hier „999“, Ihre Eingabe ist „111“.' }];
  const refused = write({ state: 'conflict', fault: { code: 'CONFLICT', message: 'Geändert.', fields } });
  await inStore(['writes'], 'readwrite', (to) => to.objectStore('writes').put(refused));
  draw(
    <div data-owner={owner}>
      <Outbox drafts={[]} />
    </div>,
  );
  expect(await screen.findByText(/„Wählen“ zeigt beide nebeneinander/)).toBeTruthy();
  expect(screen.queryByText(/999/)).toBeNull();
  expect(screen.getByRole('link', { name: 'Wählen' }).getAttribute('href')).toBe('/crm/partners/p-1/edit?outbox=w-1');
});

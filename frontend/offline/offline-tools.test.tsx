import { framework } from '#testing/next.ts';
import 'fake-indexeddb/auto';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import { foundConnection } from './connection.ts';
import OfflineTools from './OfflineTools.tsx';
import { allOf, forgetStore, inStore } from './store.ts';
import type { Write } from './write.ts';

const owner = 'company.person';
const write = (order: number): Write => ({
  owner,
  id: `w-${order}`,
  order,
  operation: { id: 'x', name: 'UpdateBusinessPartner' },
  mutation: 'updateBusinessPartner',
  object: 'businessPartner',
  input: { id: `p-${order}`, version: 1, phone: '111' },
  form: 'crm.partner',
  title: 'Elbe Kontor',
  href: `/crm/partners/p-${order}/edit`,
  base: null,
  values: {},
  makes: null,
  state: 'waiting',
  sent: false,
  fault: null,
  madeAt: '2026-01-01T10:00:00Z',
});

let turn = Promise.resolve<unknown>(null);
Object.defineProperty(navigator, 'locks', {
  configurable: true,
  value: {
    request: (_name: string, work: () => Promise<unknown>) => {
      turn = turn.then(work, work);
      return turn;
    },
  },
});

beforeEach(async () => {
  framework.refreshed = 0;
  foundConnection();
  await forgetStore(owner);
});

const sending = async (orders: readonly number[], answer: unknown) => {
  const { asked, fetch } = answering({ UpdateBusinessPartner: { updateBusinessPartner: answer } });
  vi.stubGlobal('fetch', fetch);
  for (const order of orders)
    await inStore(['writes'], 'readwrite', (to) => to.objectStore('writes').put(write(order)));
  draw(
    <div data-owner={owner}>
      <OfflineTools />
    </div>,
  );
  await waitFor(() => expect(asked).toHaveLength(orders.length));
  // Whatever else was begun has had its turn.
  await act(() => new Promise((done) => setTimeout(done, 300)));
};

test('several entries that waited are said to be sent once, all together, and the page shows them', async () => {
  await sending([1, 2, 3], { businessPartner: { id: 'p' }, error: null });
  expect(screen.getAllByText(/gesendet/).map((said) => said.textContent)).toEqual(['3 Eingaben gesendet']);
  expect(framework.refreshed).toBe(1);
  expect(await allOf(owner, 'writes')).toEqual([]);
});

test('one that is refused is not said to be sent', async () => {
  await sending([1], { businessPartner: null, error: { code: 'CONFLICT', message: 'Geändert.', fields: [] } });
  expect(screen.queryByText('1 Eingabe gesendet')).toBeNull();
  expect(await allOf<Write>(owner, 'writes')).toMatchObject([{ state: 'conflict' }]);
});

import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { draw } from '#testing/render.tsx';
import { foundConnection, lostConnection } from './connection.ts';
import { LeaveCompany } from './LeaveCompany.tsx';
import { allOf, forgetStore, inStore } from './store.ts';

const owner = 'company.person';
const chosen = vi.fn();
const submitted = vi.fn();
let isUp = true;

beforeEach(async () => {
  isUp = true;
  chosen.mockClear();
  submitted.mockClear();
  foundConnection();
  vi.stubGlobal('fetch', async () => {
    if (!isUp) throw new TypeError('network');
    return new Response('ok');
  });
  HTMLFormElement.prototype.submit = submitted;
  await forgetStore(owner);
  await inStore(['writes'], 'readwrite', (to) => to.objectStore('writes').put({ owner, id: 'w', order: 1 }));
});

const show = (writes: number) =>
  draw(
    <div data-owner={owner}>
      <LeaveCompany writes={writes} />
      <button type="button" data-company="c2" aria-checked={false} role="menuitemradio" onClick={chosen}>
        Andere Firma
      </button>
      <form action="/auth/sign-out" method="post">
        <button type="submit">Abmelden</button>
      </form>
    </div>,
  );
const kept = () => allOf(owner, 'writes');

test('who goes to another company is asked about what waits, and nothing is forgotten before he is there', async () => {
  const { user } = show(1);
  await user.click(screen.getByText('Andere Firma'));
  expect(chosen).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Verwerfen und gehen' }));
  await waitFor(() => expect(chosen).toHaveBeenCalledTimes(1));
  expect(await kept()).toHaveLength(1);
});

test('who signs out forgets what waits', async () => {
  const { user } = show(1);
  await user.click(screen.getByText('Abmelden'));
  await user.click(screen.getByRole('button', { name: 'Verwerfen und gehen' }));
  await waitFor(() => expect(submitted).toHaveBeenCalledTimes(1));
  expect(await kept()).toEqual([]);
});

test('without a connection neither can be done, and nothing is forgotten', async () => {
  isUp = false;
  const { user } = show(1);
  // Nobody has noticed yet that the server is away.
  await user.click(screen.getByText('Abmelden'));
  await user.click(screen.getByRole('button', { name: 'Verwerfen und gehen' }));
  expect(await screen.findByText(/geht erst wieder mit Verbindung/)).toBeTruthy();
  expect(submitted).not.toHaveBeenCalled();
  expect(await kept()).toHaveLength(1);
});

test('where nothing waits, signing out goes through, and only without a connection it says why it cannot', async () => {
  const { user } = show(0);
  const pass = vi.fn((event: Event) => event.preventDefault());
  document.addEventListener('submit', pass);
  await user.click(screen.getByText('Abmelden'));
  expect(pass).toHaveBeenCalledTimes(1);
  act(() => lostConnection());
  await user.click(screen.getByText('Abmelden'));
  expect(await screen.findByText(/geht erst wieder mit Verbindung/)).toBeTruthy();
  expect(pass).toHaveBeenCalledTimes(1);
  document.removeEventListener('submit', pass);
});

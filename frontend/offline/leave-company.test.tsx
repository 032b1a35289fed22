import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draw } from '#testing/render.tsx';
import { foundConnection, lostConnection } from './connection.ts';
import { LeaveCompany } from './LeaveCompany.tsx';
import { onSessionEnd } from './session.ts';
import { allOf, forgetStore, inStore } from './store.ts';

const owner = 'company.person';
const chosen = vi.fn();
const submitted = vi.fn((event: Event) => event.preventDefault());
const asked = vi.fn();
let isUp = true;
/** Who is signed in to this browser. */
let session: string | null = owner;

beforeEach(async () => {
  isUp = true;
  chosen.mockClear();
  submitted.mockClear();
  asked.mockReset().mockResolvedValue(false);
  session = owner;
  onSessionEnd(asked);
  document.addEventListener('submit', submitted);
  foundConnection();
  vi.stubGlobal('fetch', async (url: string) => {
    if (!isUp) throw new TypeError('network');
    if (url !== '/graphql') return new Response('ok');
    const [company, id] = session?.split('.') ?? [];
    const viewer = session && { id, email: 'bob@weser.example', company: { id: company, name: 'Weser' } };
    return Response.json({ data: { viewer } });
  });
  await forgetStore(owner);
  await inStore(['writes'], 'readwrite', (to) => to.objectStore('writes').put({ owner, id: 'w', order: 1 }));
});

afterEach(() => document.removeEventListener('submit', submitted));

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
  expect(await screen.findByText(/geht erst wieder mit Verbindung/)).toBeTruthy();
  expect(submitted).not.toHaveBeenCalled();
  expect(await kept()).toHaveLength(1);
});

test('a connection that goes while the question stands keeps what waits', async () => {
  const { user } = show(1);
  await user.click(screen.getByText('Abmelden'));
  const go = await screen.findByRole('button', { name: 'Verwerfen und gehen' });
  isUp = false;
  await user.click(go);
  expect(await screen.findByText(/geht erst wieder mit Verbindung/)).toBeTruthy();
  expect(submitted).not.toHaveBeenCalled();
  expect(await kept()).toHaveLength(1);
});

test('where nothing waits, signing out goes through, and only without a connection it says why it cannot', async () => {
  const { user } = show(0);
  await user.click(screen.getByText('Abmelden'));
  await waitFor(() => expect(submitted).toHaveBeenCalledTimes(1));
  act(() => lostConnection());
  await user.click(screen.getByText('Abmelden'));
  expect(await screen.findByText(/geht erst wieder mit Verbindung/)).toBeTruthy();
  expect(submitted).toHaveBeenCalledTimes(1);
});

test.each([0, 1])('nobody signs out somebody else who has signed in meanwhile, with %i waiting', async (writes) => {
  session = 'other.bob';
  const { user } = show(writes);
  await user.click(screen.getByText('Abmelden'));
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  expect(screen.queryByText('Ungesendetes verwerfen?')).toBeNull();
  expect(submitted).not.toHaveBeenCalled();
  expect(await kept()).toHaveLength(1);
});

test('whoever comes back to their own session first signs out of that one', async () => {
  session = 'company2.person';
  asked.mockResolvedValue(true);
  const { user } = show(0);
  await user.click(screen.getByText('Abmelden'));
  await waitFor(() => expect(submitted).toHaveBeenCalledTimes(1));
});

test('where nobody is signed in any more, signing out leads out', async () => {
  session = null;
  const { user } = show(0);
  await user.click(screen.getByText('Abmelden'));
  await waitFor(() => expect(submitted).toHaveBeenCalledTimes(1));
  expect(asked).not.toHaveBeenCalled();
});

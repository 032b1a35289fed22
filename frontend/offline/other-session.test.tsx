import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { framework } from '#testing/next.ts';
import { draw } from '#testing/render.tsx';
import { sampleForm } from '#testing/sample-form.ts';
import { RecordForm } from '#ui/RecordForm.tsx';
import { OfflineShell } from './OfflineShell.tsx';
import { watchSession } from './session-watch.ts';

const owner = 'company.person';

function page() {
  return draw(
    <LanguageProvider locale="de" messages={de}>
      <div data-owner={owner} data-email="anna@elbe.example">
        <OfflineShell />
        <RecordForm {...sampleForm} />
      </div>
    </LanguageProvider>,
  );
}

/** A front whose browser has the session of somebody else; answers who asked for what, and what was written. */
function serve(viewer: { id: string; email: string; company: { id: string; name: string } }) {
  const session = { viewer };
  const asked: { name: string; owner: string | null }[] = [];
  const written: unknown[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const { operationName: name, variables } = JSON.parse(String(init.body));
    const claimed = new Headers(init.headers).get('x-valeo-owner');
    asked.push({ name, owner: claimed });
    if (claimed && claimed !== `${session.viewer.company.id}.${session.viewer.id}`) {
      const errors = [{ message: 'Eine andere Firma ist offen.', extensions: { code: 'OTHER_SESSION' } }];
      return Response.json({ errors }, { status: 409 });
    }
    if (name === 'SessionOwner') return Response.json({ data: { viewer: session.viewer } });
    if (name === 'SignInAgain') {
      session.viewer = { ...session.viewer, id: 'person' };
      return Response.json({ data: { signIn: { user: { id: 'person' }, error: null } } });
    }
    if (name === 'SwitchCompany') {
      session.viewer = { ...session.viewer, company: { id: variables.input.companyId, name: 'Elbe' } };
      return Response.json({ data: { switchCompany: { company: session.viewer.company, error: null } } });
    }
    if (name === 'UpdateThing') written.push(variables.input);
    return Response.json({ data: { updateThing: { thing: { id: 't-1' }, error: null } } });
  });
  return { asked, written };
}

beforeEach(() => {
  framework.pushed.length = 0;
});

test('a form of a company that is no longer open writes nothing into the other one, and goes on where it belongs', async () => {
  const { asked, written } = serve({
    id: 'person',
    email: 'anna@elbe.example',
    company: { id: 'other', name: 'Weser' },
  });
  const { user } = page();
  await user.type(screen.getByLabelText('Ort'), '!');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText('In diesem Browser ist jetzt Weser offen')).toBeTruthy();
  expect(written).toEqual([]);
  expect(screen.queryByLabelText(/Passwort/)).toBeNull();
  await user.click(await screen.findByRole('button', { name: 'Zurück zur Firma dieser Seite' }));
  await waitFor(() => expect(framework.pushed).toEqual(['/things/t-1']));
  expect(written).toMatchObject([{ city: 'Hamburg!' }]);
  expect(new Set(asked.filter(({ name }) => name === 'UpdateThing').map((each) => each.owner))).toEqual(
    new Set([owner]),
  );
});

test('a form of somebody who is no longer signed in asks for the password, and nothing is written under the other name', async () => {
  const { written } = serve({ id: 'bob', email: 'bob@weser.example', company: { id: 'other', name: 'Weser' } });
  const { user } = page();
  await user.type(screen.getByLabelText('Ort'), '!');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText('In diesem Browser ist jetzt bob@weser.example angemeldet')).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: 'Abbrechen' }));
  expect(await screen.findByText('Eine andere Firma ist offen.')).toBeTruthy();
  expect(written).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await user.type(await screen.findByLabelText(/Passwort/), 'richtig');
  await user.click(await screen.findByRole('button', { name: 'Anmelden' }));
  await waitFor(() => expect(written).toHaveLength(1));
});

test('a tab hears of a session that another tab has begun', async () => {
  serve({ id: 'bob', email: 'bob@weser.example', company: { id: 'other', name: 'Weser' } });
  page();
  const watch = watchSession();
  onTestFinished(watch.stop);
  expect(localStorage.getItem('valeo.session')).toBe(owner);
  const tell = (newValue: string) =>
    act(async () => dispatchEvent(new StorageEvent('storage', { key: 'valeo.session', newValue })));
  await tell(owner);
  expect(watch.isLost()).toBe(false);
  await tell('other.bob');
  expect(await screen.findByText('In diesem Browser ist jetzt bob@weser.example angemeldet')).toBeTruthy();
  expect(watch.isLost()).toBe(true);
});

import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { act, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { goTo } from '#shell/leaving.ts';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { sampleForm } from '#testing/sample-form.ts';
import { RecordForm, type RecordFormProps } from '#ui/RecordForm.tsx';
import { foundConnection } from './connection.ts';
import { OfflineShell } from './OfflineShell.tsx';
import { noteDeparture } from './session.ts';
import { allOf, forgetStore, outboxOf } from './store.ts';

const owner = 'company.person';
const form = (given: Partial<RecordFormProps> = {}) => (
  <LanguageProvider locale="de" messages={de}>
    <div data-owner={owner} data-email="anna@elbe.example">
      <OfflineShell />
      <RecordForm {...sampleForm} {...given} />
      <a href="/elsewhere">Woanders</a>
    </div>
  </LanguageProvider>
);
const save = () => screen.getByRole('button', { name: 'Speichern' });

function serve(answers: Record<string, unknown> = {}) {
  const server = answering({
    UpdateThing: { updateThing: { thing: { id: 't-1', version: 2 }, error: null } },
    SaveDraft: { saveDraft: { draft: { id: 'd', updatedAt: '2026-01-01T00:00:00Z' }, error: null } },
    DiscardDraft: { discardDraft: { error: null } },
    ...answers,
  } as never);
  vi.stubGlobal('fetch', server.fetch);
  return server;
}

beforeEach(async () => {
  framework.pushed.length = 0;
  foundConnection();
  await forgetStore(owner);
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: { request: (name: string, ...given: unknown[]) => (given.at(-1) as (lock: object) => unknown)({ name }) },
  });
});

test('without a connection the write goes to the outbox, with what it was made from', async () => {
  serve();
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network');
  });
  const { user } = draw(form());
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  await user.click(save());
  await waitFor(() => expect(framework.pushed).toEqual(['/outbox']));
  expect(await outboxOf(owner).writes()).toMatchObject([
    {
      mutation: 'updateThing',
      input: { id: 't-1', version: 1, city: 'Hamburg-Altona' },
      base: { city: 'Hamburg' },
      href: '/crm/partners/t-1/edit',
      makes: null,
    },
  ]);
});

test('a newer version is merged into what was typed, and where both differ one chooses', async () => {
  const server = serve();
  let show: (given: Partial<RecordFormProps>) => void = () => {};
  const Page = () => {
    const [given, setGiven] = useState<Partial<RecordFormProps>>({});
    show = setGiven;
    return form(given);
  };
  const { user } = draw(<Page />);
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  const newer = (values: object, version: number) =>
    act(() =>
      show({
        values: { ...sampleForm.values, ...values } as RecordFormProps['values'],
        fixed: { id: 't-1', version },
        record: { form: 'crm.partner', recordId: 't-1', version },
      }),
    );
  newer({ name: 'Elbe Kontor' }, 2);
  expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('Elbe Kontor');
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Hamburg-Altona');
  expect(await screen.findByText(/Übernommen: Name/)).toBeTruthy();

  newer({ name: 'Elbe Kontor', city: 'Bremen' }, 3);
  await user.click(save());
  expect(await screen.findByText(/Bitte erst oben wählen/)).toBeTruthy();
  await waitFor(() => expect(document.activeElement?.className).toBe('merge'));
  expect(server.asked.filter((each) => each.operationName === 'UpdateThing')).toHaveLength(0);
  await user.click(await screen.findByRole('button', { name: 'Bremen' }));
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Bremen');
  await user.click(save());
  await waitFor(() =>
    expect(server.asked.find((each) => each.operationName === 'UpdateThing')?.variables.input).toMatchObject({
      version: 3,
      name: 'Elbe Kontor',
      city: 'Bremen',
    }),
  );
});

test('what is typed is kept as a draft, offered again, and gone once it is saved', async () => {
  const server = serve();
  const { user } = draw(
    form({
      drafts: [
        {
          id: 'draft-1',
          recordId: 't-1',
          recordVersion: 1,
          updatedAt: '2026-01-01T10:00:00Z',
          content: { values: { name: 'Elbe', city: 'Kiel' }, base: sampleForm.values, version: 1 },
        },
      ],
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Fortsetzen' }));
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Kiel');
  await user.type(screen.getByLabelText('Ort'), '!');
  const saved = () => server.asked.filter((each) => each.operationName === 'SaveDraft').at(-1);
  await waitFor(
    () => expect(saved()?.variables.input).toMatchObject({ id: 'draft-1', content: { values: { city: 'Kiel!' } } }),
    { timeout: 5000 },
  );
  await user.click(save());
  await waitFor(() =>
    expect(server.asked.find((each) => each.operationName === 'DiscardDraft')?.variables.input).toEqual({
      id: 'draft-1',
    }),
  );
});

test('a draft that the server refuses is kept in this browser, and the keys for saving need no field with the focus', async () => {
  const server = serve({ SaveDraft: { saveDraft: { draft: null, error: { code: 'INVALID_INPUT', message: '' } } } });
  const { user } = draw(form());
  await user.type(screen.getByLabelText('Ort'), '!');
  expect(await screen.findByText(/Nur in diesem Browser gesichert/, undefined, { timeout: 5000 })).toBeTruthy();
  (document.activeElement as HTMLElement).blur();
  await user.keyboard('{Control>}s{/Control}');
  await waitFor(() => expect(server.asked.some((each) => each.operationName === 'UpdateThing')).toBe(true));
});

test('what is typed after the reader has signed out in another tab is not kept in this browser', async () => {
  onTestFinished(() => localStorage.removeItem('valeo.left'));
  const asked = vi.fn(async () => Response.json({ errors: [{ message: 'Abgemeldet.' }] }));
  vi.stubGlobal('fetch', asked);
  const { user } = draw(form());
  noteDeparture();
  await user.type(screen.getByLabelText('Ort'), '!');
  await waitFor(() => expect(asked).toHaveBeenCalled(), { timeout: 5000 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(screen.queryByText(/Nur in diesem Browser gesichert/)).toBeNull();
  expect(await allOf(owner, 'drafts')).toEqual([]);
});

test('a conflict that is not resolved is kept with the draft, and asked again when it is continued', async () => {
  const server = serve();
  let show: (given: Partial<RecordFormProps>) => void = () => {};
  const Page = () => {
    const [given, setGiven] = useState<Partial<RecordFormProps>>({});
    show = setGiven;
    return form(given);
  };
  const newer: Partial<RecordFormProps> = {
    values: { name: 'Elbe', city: 'Bremen' },
    fixed: { id: 't-1', version: 2 },
    record: { form: 'crm.partner', recordId: 't-1', version: 2 },
  };
  const { user, unmount } = draw(<Page />);
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  act(() => show(newer));
  expect(await screen.findByRole('button', { name: 'Bremen' })).toBeTruthy();
  const saved = () => server.asked.filter((each) => each.operationName === 'SaveDraft').at(-1)?.variables.input;
  await waitFor(() => expect(saved()).toMatchObject({ recordVersion: 2 }), { timeout: 5000 });
  const { content } = saved() as { content: unknown };
  unmount();

  const updatedAt = '2026-01-01T10:00:00Z';
  draw(form({ ...newer, drafts: [{ id: 'd', recordId: 't-1', recordVersion: 2, updatedAt, content }] }));
  await user.click(screen.getByRole('button', { name: 'Fortsetzen' }));
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Hamburg-Altona');
  expect(await screen.findByRole('button', { name: 'Bremen' })).toBeTruthy();
});

test('what was saved can be taken back, on top of the version that was saved', async () => {
  const server = serve();
  const { user } = draw(form());
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  await user.click(save());
  const [undo] = (await screen.findAllByRole('button', { name: 'Rückgängig' })).reverse();
  await user.click(undo as HTMLElement);
  await waitFor(() =>
    expect(server.asked.filter((each) => each.operationName === 'UpdateThing').at(-1)?.variables.input).toMatchObject({
      version: 2,
      city: 'Hamburg',
    }),
  );
});

test('leaving a changed form by a link is asked about', async () => {
  serve();
  const { user } = draw(form());
  await user.type(screen.getByLabelText('Ort'), '!');
  await user.click(screen.getByText('Woanders'));
  expect(await screen.findByText('Seite verlassen?')).toBeTruthy();
  expect(framework.pushed).toEqual([]);
});

test('leaving a changed form by code, as the palette does, is asked about, and goes there when it may', async () => {
  serve();
  const router = { push: (href: string) => void framework.pushed.push(href) };
  const { user } = draw(form());
  goTo(router, '/free');
  expect(framework.pushed).toEqual(['/free']);
  await user.type(screen.getByLabelText('Ort'), '!');
  await act(async () => goTo(router, '/elsewhere'));
  expect(await screen.findByText('Seite verlassen?')).toBeTruthy();
  expect(framework.pushed).toEqual(['/free']);
  expect(document.activeElement?.textContent).toBe('Weiter bearbeiten');
  await user.click(within(screen.getByRole('dialog')).getByText('Verwerfen'));
  expect(framework.pushed).toEqual(['/free', '/elsewhere']);
});

test('a session that ended asks for the password, and the very same write goes out again', async () => {
  const ended = { data: null, errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] };
  let signedIn = false;
  const bodies: string[] = [];
  serve();
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body));
    if (body.operationName === 'SignInAgain') {
      signedIn = body.variables.input.password === 'richtig';
      const error = signedIn ? null : { code: 'INVALID_CREDENTIALS', message: 'Stimmt nicht.' };
      return Response.json({ data: { signIn: { user: signedIn ? { id: 'person' } : null, error } } });
    }
    if (body.operationName === 'SessionOwner') {
      return Response.json({ data: { viewer: signedIn ? { id: 'person', company: { id: 'company' } } : null } });
    }
    if (body.operationName === 'UpdateThing') bodies.push(String(init.body));
    if (!signedIn) return Response.json(ended);
    return Response.json({ data: { updateThing: { thing: { id: 't-1' }, error: null } } });
  });
  const { user } = draw(form());
  await user.type(screen.getByLabelText('Ort'), '!');
  await user.click(save());
  await user.type(await screen.findByLabelText(/Passwort/), 'falsch');
  await user.click(screen.getByRole('button', { name: 'Anmelden' }));
  expect(await screen.findByText('Stimmt nicht.')).toBeTruthy();
  await user.clear(screen.getByLabelText(/Passwort/));
  await user.type(screen.getByLabelText(/Passwort/), 'richtig');
  await user.click(screen.getByRole('button', { name: 'Anmelden' }));
  await waitFor(() => expect(framework.pushed).toEqual(['/things/t-1']));
  expect(new Set(bodies).size).toBe(1);
  expect(bodies).toHaveLength(2);
});

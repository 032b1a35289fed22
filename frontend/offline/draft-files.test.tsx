import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { answering, draw } from '#testing/render.tsx';
import { sampleForm } from '#testing/sample-form.ts';
import { RecordForm, type RecordFormProps } from '#ui/RecordForm.tsx';
import { allOf, forgetStore } from './store.ts';
import { forgetHere } from './use-draft.ts';

/** What a draft has kept is read only when this is over. */
let read: Promise<unknown> = Promise.resolve();
vi.mock('#attachments/kept-files.ts', async (original) => {
  const real = await original<typeof import('#attachments/kept-files.ts')>();
  return { ...real, keptFiles: (id: string) => read.then(() => real.keptFiles(id)) };
});

const owner = 'company.person';
const form = (given: Partial<RecordFormProps> = {}) => (
  <LanguageProvider locale="de" messages={de}>
    <div data-owner={owner}>
      <RecordForm {...sampleForm} attach="BUSINESS_PARTNER" {...given} />
    </div>
  </LanguageProvider>
);
const content = { values: { city: 'Kiel' }, base: sampleForm.values, version: 1 };
const draftOf = (id: string) => ({
  id,
  recordId: 't-1',
  recordVersion: 1,
  updatedAt: '2026-01-01T10:00:00Z',
  content,
});

let isTaken = true;
const serve = () => {
  const server = answering({
    SaveDraft: () =>
      isTaken
        ? { saveDraft: { draft: { id: 'd', updatedAt: '2026-01-01T00:00:00Z' }, error: null } }
        : { saveDraft: { draft: null, error: { code: 'BAD_INPUT', message: 'too large' } } },
    UpdateThing: { updateThing: { thing: { id: 't-1', version: 2 }, error: null } },
    DiscardDraft: { discardDraft: { error: null } },
  } as never);
  vi.stubGlobal('fetch', server.fetch);
  return server;
};

beforeEach(async () => {
  isTaken = true;
  read = Promise.resolve();
  await forgetStore(owner);
});

test('files that were chosen are there again when a draft is gone on with, and forgotten with it', async () => {
  const server = serve();
  const first = draw(form());
  const chooser = await screen.findByLabelText(/Datei anhängen/);
  await first.user.upload(chooser, new File(['Liefer'], 'schein.pdf', { type: 'application/pdf' }));
  const saved = () => server.asked.find((each) => each.operationName === 'SaveDraft')?.variables.input;
  await waitFor(() => expect(saved()).toBeTruthy(), { timeout: 5000 });
  const { id } = saved() as { id: string };
  first.unmount();

  const second = draw(form({ drafts: [draftOf(id)] }));
  await second.user.click(screen.getByRole('button', { name: 'Fortsetzen' }));
  expect(await screen.findByText('schein.pdf')).toBeTruthy();
  second.unmount();

  const third = draw(form({ drafts: [draftOf(id)] }));
  await third.user.click(screen.getByRole('button', { name: 'Verwerfen' }));
  await waitFor(async () => expect(await allOf(owner, 'drafts')).toEqual([]));
});

test('files are copied once, however often their draft is saved, and not forgotten while they are read', async () => {
  const server = serve();
  const saves = () => server.asked.filter((each) => each.operationName === 'SaveDraft');
  const file = new File(['Liefer'], 'schein.pdf', { type: 'application/pdf' });
  const copied = vi.spyOn(file, 'arrayBuffer');
  const first = draw(form());
  await first.user.upload(await screen.findByLabelText(/Datei anhängen/), file);
  await waitFor(() => expect(saves()).toHaveLength(1), { timeout: 5000 });
  await first.user.type(screen.getByLabelText('Ort'), '-Altona');
  await waitFor(() => expect(saves()).toHaveLength(2), { timeout: 5000 });
  expect(copied).toHaveBeenCalledTimes(1);
  const { id } = saves()[0]?.variables.input as { id: string };
  first.unmount();

  let go = () => {};
  read = new Promise<void>((resolve) => {
    go = resolve;
  });
  const second = draw(form({ drafts: [draftOf(id)] }));
  await second.user.click(screen.getByRole('button', { name: 'Fortsetzen' }));
  await waitFor(() => expect(saves()).toHaveLength(3), { timeout: 5000 });
  go();
  expect(await screen.findByText('schein.pdf')).toBeTruthy();
  second.unmount();
  await forgetHere(id);
}, 20_000);

test('a draft that only this browser has is not offered again once it was discarded', async () => {
  isTaken = false;
  serve();
  const first = draw(form());
  await first.user.type(screen.getByLabelText('Ort'), '-Altona');
  await waitFor(async () => expect(await allOf(owner, 'drafts')).toHaveLength(1), { timeout: 5000 });
  first.unmount();
  const second = draw(form());
  await second.user.click(await screen.findByRole('button', { name: 'Verwerfen' }));
  await waitFor(async () => expect(await allOf(owner, 'drafts')).toEqual([]));
});

test('who leaves a form is told that its draft stays in this browser', async () => {
  isTaken = false;
  serve();
  const { user } = draw(
    <>
      {form()}
      <a href="/elsewhere">Woanders</a>
    </>,
  );
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  expect(await screen.findByText(/Nur in diesem Browser gesichert/, {}, { timeout: 5000 })).toBeTruthy();
  await user.click(screen.getByText('Woanders'));
  expect(await screen.findByText(/bleiben sie nur in diesem Browser/)).toBeTruthy();
});

test('a form that is gone back to offers what was kept of it meanwhile, until it is saved', async () => {
  const server = serve();
  const first = draw(form());
  await first.user.type(screen.getByLabelText('Ort'), '-Altona');
  await waitFor(() => expect(server.asked.some((each) => each.operationName === 'SaveDraft')).toBe(true), {
    timeout: 5000,
  });
  first.unmount();
  // The page stands as it was made before, when there was no draft.
  const second = draw(form());
  await second.user.click(await screen.findByRole('button', { name: 'Fortsetzen' }));
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Hamburg-Altona');
  await second.user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(server.asked.some((each) => each.operationName === 'DiscardDraft')).toBe(true));
  second.unmount();
  draw(form());
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(screen.queryByRole('button', { name: 'Fortsetzen' })).toBeNull();
});

test('a link to a draft that is gone back to goes on with what was kept of it meanwhile', async () => {
  const server = serve();
  history.replaceState(null, '', '/?draft=d-9');
  const drafts = [{ ...draftOf('d-9'), updatedAt: '2025-12-31T10:00:00Z' }];
  const city = () => (screen.getByLabelText('Ort') as HTMLInputElement).value;
  const first = draw(form({ drafts }));
  expect(city()).toBe('Kiel');
  await first.user.type(screen.getByLabelText('Ort'), '-Gaarden');
  await waitFor(() => expect(server.asked.some((each) => each.operationName === 'SaveDraft')).toBe(true), {
    timeout: 5000,
  });
  first.unmount();
  const second = draw(form({ drafts }));
  await waitFor(() => expect(city()).toBe('Kiel-Gaarden'));
  second.unmount();
  await forgetHere('d-9');
  history.replaceState(null, '', '/');
});

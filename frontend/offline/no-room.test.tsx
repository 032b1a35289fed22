import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { goTo } from '#shell/leaving.ts';
import { framework } from '#testing/next.ts';
import { draw } from '#testing/render.tsx';
import { sampleForm } from '#testing/sample-form.ts';
import { RecordForm } from '#ui/RecordForm.tsx';
import { foundConnection } from './connection.ts';
import { OfflineShell } from './OfflineShell.tsx';

const router = { push: (href: string) => framework.pushed.push(href) } as never;

/** A browser that is full, and a server that cannot be reached. */
async function typed() {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network');
  });
  const { user } = draw(
    <LanguageProvider locale="de" messages={de}>
      <div data-owner="company.person" data-email="anna@elbe.example">
        <OfflineShell />
        <RecordForm {...sampleForm} />
      </div>
    </LanguageProvider>,
  );
  await user.type(screen.getByLabelText('Ort'), '-Altona');
  return user;
}

beforeEach(() => {
  framework.pushed.length = 0;
  foundConnection();
  vi.restoreAllMocks();
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: { request: (name: string, ...given: unknown[]) => (given.at(-1) as (lock: object) => unknown)({ name }) },
  });
});

test('a write that can neither be sent nor kept says so, and stays in the form', async () => {
  const user = await typed();
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText(/dieser Browser hat keinen Platz, um den Eintrag aufzuheben/)).toBeTruthy();
  expect(framework.pushed).toEqual([]);
  expect((screen.getByLabelText('Ort') as HTMLInputElement).value).toBe('Hamburg-Altona');
});

test('a draft that nobody could keep is not called kept, and leaving with it keeps the form', async () => {
  const user = await typed();
  expect(await screen.findByText(de['ui.draft.notSaved'], {}, { timeout: 5000 })).toBeTruthy();
  expect(screen.queryByText(/Nur in diesem Browser/)).toBeNull();
  goTo(router, '/elsewhere');
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Als Entwurf behalten' }));
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(framework.pushed).toEqual([]);
});

import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { Blob as NodeBlob } from 'node:buffer';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { foundConnection, lostConnection } from '#offline/connection.ts';
import { forgetStore, outboxOf } from '#offline/store.ts';
import { answering, draw } from '#testing/render.tsx';
import { AttachmentTools } from './AttachmentTools.tsx';
import { hasRoom, maxBytes, maxWaitingBytes } from './attach.ts';

const owner = 'company.person';
const pdf = (name = 'Beleg.pdf', bytes = 4) => {
  const file = new File(['%PDF'], name, { type: 'application/pdf' });
  Object.defineProperty(file, 'size', { value: bytes });
  return file;
};
const uploads: { url: string; key: string | undefined }[] = [];
let stored = { status: 201, body: '{"id":"f1"}' };

class Sending {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 0;
  responseText = '';
  onload?: () => void;
  onerror?: () => void;
  #url = '';
  #key: string | undefined;
  open(_method: string, url: string) {
    this.#url = url;
  }
  setRequestHeader(name: string, value: string) {
    if (name === 'idempotency-key') this.#key = value;
  }
  getResponseHeader = () => null;
  send() {
    uploads.push({ url: this.#url, key: this.#key });
    if (stored.status === 0) return queueMicrotask(() => this.onerror?.());
    this.upload.onprogress?.({ loaded: 2, total: 4 });
    this.status = stored.status;
    this.responseText = stored.body;
    queueMicrotask(() => this.onload?.());
  }
}

function show(may = true) {
  const server = answering({
    AttachFile: { attachFile: { attachment: { id: 'x1' }, error: null } },
    RemoveAttachment: { removeAttachment: { removedId: 'x1', error: null } },
  });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(
    <LanguageProvider locale="de" messages={de}>
      <div data-owner={owner} data-email="anna@elbe.example">
        <AttachmentTools record="ARTICLE" id="a1" may={may} none>
          <button type="button" data-remove="x9" data-file="f9" data-name="Alt.pdf">
            Entfernen
          </button>
        </AttachmentTools>
      </div>
    </LanguageProvider>,
  );
  return { ...drawn, server };
}
const choose = (files: File[]) => fireEvent.change(screen.getByLabelText(/Datei anhängen/), { target: { files } });

beforeEach(async () => {
  uploads.length = 0;
  stored = { status: 201, body: '{"id":"f1"}' };
  vi.stubGlobal('XMLHttpRequest', Sending);
  // The database of the tests copies what Node knows, and a Blob of jsdom is none of it.
  vi.stubGlobal('Blob', NodeBlob);
  foundConnection();
  await forgetStore(owner);
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: { request: (_name: string, work: () => unknown) => work() },
  });
});

test('a chosen file is uploaded and attached under one key', async () => {
  const { server } = show();
  choose([pdf()]);
  await waitFor(() => expect(server.asked.map((each) => each.operationName)).toEqual(['AttachFile']));
  expect(uploads).toEqual([{ url: '/files?name=Beleg.pdf', key: expect.any(String) }]);
  expect(server.asked[0]?.variables.input).toEqual({
    recordType: 'ARTICLE',
    recordId: 'a1',
    fileId: 'f1',
    idempotencyKey: uploads[0]?.key,
  });
  await waitFor(() => expect(screen.queryByText('Beleg.pdf')).toBeNull());
});

test('dropping and pasting attach as well', async () => {
  const { server, container } = show();
  fireEvent.drop(container.querySelector('.file-drop') as Element, {
    dataTransfer: { types: ['Files'], files: [pdf('a.pdf')] },
  });
  await waitFor(() => expect(server.asked).toHaveLength(1));
  fireEvent.paste(document, { clipboardData: { files: [pdf('b.pdf')] } });
  await waitFor(() => expect(server.asked).toHaveLength(2));
});

test('who may only read is offered nothing, and nothing is taken from him', async () => {
  const { server } = show(false);
  expect(screen.queryByLabelText(/Datei anhängen/)).toBeNull();
  fireEvent.paste(document, { clipboardData: { files: [pdf()] } });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([uploads.length, server.asked.length]).toEqual([0, 0]);
});

test('a file that is not taken stays with the reason', async () => {
  show();
  stored = {
    status: 413,
    body: '{"errors":[{"message":"Der Speicherplatz ist aufgebraucht.","extensions":{"code":"STORAGE_FULL"}}]}',
  };
  choose([pdf()]);
  expect(await screen.findByText('Der Speicherplatz ist aufgebraucht.')).toBeTruthy();
  choose([pdf('gross.pdf', maxBytes + 1)]);
  expect(await screen.findByText('Ein Anhang darf höchstens 25 MB groß sein.')).toBeTruthy();
});

test('without a connection the file itself waits in the outbox and is seen at its record', async () => {
  show();
  lostConnection();
  choose([pdf('Foto.pdf')]);
  expect(await screen.findByText('Wartet')).toBeTruthy();
  const [write] = await outboxOf(owner).writes();
  expect(write).toMatchObject({
    mutation: 'attachFile',
    input: { recordType: 'ARTICLE', recordId: 'a1', fileName: 'Foto.pdf' },
    title: 'Foto.pdf',
    state: 'waiting',
  });
  expect(write?.file).toBeTruthy();
});

test('an upload whose connection breaks waits under the key that may have arrived', async () => {
  show();
  stored = { status: 0, body: '' };
  choose([pdf()]);
  await waitFor(async () => expect(await outboxOf(owner).writes()).toHaveLength(1));
  expect((await outboxOf(owner).writes())[0]).toMatchObject({ id: uploads[0]?.key, sent: true });
});

test('what may wait has an end', () => {
  const waiting = [{ file: { size: maxWaitingBytes - 10 } }, {}];
  expect([hasRoom(waiting, 10), hasRoom(waiting, 11), hasRoom([], maxBytes)]).toEqual([true, false, true]);
});

test('a browser that keeps nothing says so, and nothing is lost without a word', async () => {
  show();
  lostConnection();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  choose([pdf()]);
  expect(await screen.findByText(/höchstens 100 MB warten/)).toBeTruthy();
  put.mockRestore();
});

test('what is removed can be brought back', async () => {
  const { user, server } = show();
  await user.click(screen.getByRole('button', { name: 'Entfernen' }));
  expect(await screen.findByText('„Alt.pdf“ ist entfernt')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Rückgängig' }));
  await waitFor(() =>
    expect(server.asked.map((each) => each.operationName)).toEqual(['RemoveAttachment', 'AttachFile']),
  );
  expect(server.asked[1]?.variables.input).toMatchObject({ recordId: 'a1', fileId: 'f9', fileName: 'Alt.pdf' });
});

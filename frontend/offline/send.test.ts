// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import { sendWrite } from './send.ts';
import type { Write } from './write.ts';

const write: Write = {
  id: 'key 1',
  owner: 'c.u',
  order: 1,
  operation: { id: 'hash', name: 'AttachFile' },
  mutation: 'attachFile',
  object: 'attachment',
  input: { recordType: 'ARTICLE', recordId: 'a1' },
  file: new Blob(['%PDF'], { type: 'application/pdf' }),
  makes: null,
  state: 'waiting',
  sent: false,
  fault: null,
  madeAt: '2026-01-01T00:00:00Z',
  form: 'attachment',
  title: 'Prüfung 1.pdf',
  href: '/',
  base: null,
  values: {},
};

afterEach(() => vi.unstubAllGlobals());

function server(...answers: Response[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const answer = answers.shift();
    if (!answer) throw new TypeError('network');
    return answer;
  });
  return asked;
}

test('a file goes ahead under the same key, and the write names it', async () => {
  const asked = server(
    Response.json({ id: 'f1' }, { status: 201 }),
    Response.json({ data: { attachFile: { attachment: { id: 'x1' }, error: null } } }),
  );
  expect(await sendWrite(write, write.input)).toEqual({ done: true, id: 'x1' });
  expect(asked.map(({ url }) => url)).toEqual(['/files', '/graphql']);
  expect(asked[0]?.init.headers).toMatchObject({ 'idempotency-key': 'key 1', 'x-valeo-owner': 'c.u' });
  expect(JSON.parse(String(asked[1]?.init.body)).variables.input).toEqual({
    recordType: 'ARTICLE',
    recordId: 'a1',
    fileId: 'f1',
    idempotencyKey: 'key 1',
  });
});

test('a file that is not taken is a mistake to mend, one that does not arrive waits', async () => {
  const errors = [{ message: 'Der Speicherplatz ist aufgebraucht.', extensions: { code: 'STORAGE_FULL' } }];
  server(Response.json({ errors }, { status: 413 }));
  expect(await sendWrite(write, write.input)).toMatchObject({ done: false, fault: { code: 'STORAGE_FULL' } });
  server();
  expect(await sendWrite(write, write.input)).toEqual({ later: 'OFFLINE' });
  server(Response.json({ id: 'f1' }, { status: 201 }));
  expect(await sendWrite(write, write.input)).toEqual({ later: 'OFFLINE' });
});

test('a write without a file has one request, without an id of one', async () => {
  const asked = server(Response.json({ data: { attachFile: { attachment: { id: 'x1' }, error: null } } }));
  await sendWrite({ ...write, file: undefined }, write.input);
  expect(asked).toHaveLength(1);
  expect(JSON.parse(String(asked[0]?.init.body)).variables.input).not.toHaveProperty('fileId');
});

test('what a proxy refuses for its size is a mistake to mend, after other words of a proxy a write waits', async () => {
  const says = (status: number) => server(new Response('<html>', { status, headers: { 'content-type': 'text/html' } }));
  says(413);
  expect(await sendWrite(write, write.input)).toMatchObject({ done: false, fault: { code: 'HTTP_413' } });
  for (const status of [200, 401, 403, 404, 502]) {
    says(status);
    expect(await sendWrite(write, write.input)).toEqual({ later: `HTTP_${status}` });
  }
});

test.each([
  [200, 'UNAUTHENTICATED'],
  [400, 'PERSISTED_QUERY_NOT_FOUND'],
  [409, 'SESSION_CHANGED'],
  [429, 'RATE_LIMITED'],
  [503, 'SUBGRAPH_UNAVAILABLE'],
])('a write waits after an answer %i with %s', async (status, code) => {
  server(Response.json({ errors: [{ message: 'no', extensions: { code } }] }, { status }));
  expect(await sendWrite({ ...write, file: undefined }, write.input)).toEqual({ later: code });
});

test('a write that may not be made is a mistake', async () => {
  server(Response.json({ errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] }, { status: 403 }));
  expect(await sendWrite({ ...write, file: undefined }, write.input)).toMatchObject({ done: false });
});

import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Caller } from '@valeo/kit/caller.ts';
import { testCaller, twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platform } from '../platform.subgraph.ts';
import { fileRoute } from './file-route.ts';
import { MAX_FILE_BYTES } from './store-file.ts';

const house = await twoTenants(platform);
let caller: Caller | null = house.one;
let server: Server;
let origin: string;

beforeAll(async () => {
  const route = fileRoute(house.services, { companyBytes: 1e9 });
  server = createServer(async (req, res) => {
    const handled = await route(req, res, { caller, requestId: 'request 1', locale: 'de' }).catch(() => true);
    if (!handled) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Of a stored file, or why there is none; empty where the route answers nothing. */
interface Answer {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

const upload = async (
  body: string | Uint8Array<ArrayBuffer>,
  as: Caller | null,
  path = '/files?name=sales.csv',
  method = 'POST',
) => {
  caller = as;
  const response = await fetch(origin + path, {
    method,
    ...(method === 'POST' && { body }),
    headers: { 'content-type': 'text/csv' },
  });
  return { status: response.status, body: (response.status === 404 ? {} : await response.json()) as Answer };
};
const stored = (id: string) =>
  house.sql<{ content: Buffer }>('SELECT content FROM platform.file_chunk WHERE file_id = $1 ORDER BY position', [id]);

test('a file is kept as it came, in pieces', async () => {
  const content = Buffer.alloc(2_500_000, 'äöü\n');
  const { status, body } = await upload(content, house.one);
  expect([status, body.name, body.sizeBytes]).toEqual([201, 'sales.csv', content.length]);
  const pieces = await stored(body.id);
  expect(pieces.length).toBeGreaterThan(1);
  expect(Buffer.concat(pieces.map((piece) => piece.content)).equals(content)).toBe(true);
});

test('strangers, callers without the permission and other methods are refused', async () => {
  const reader = testCaller({ permissions: ['platform:read'], locale: 'de' });
  expect(await upload('x', null)).toMatchObject({
    status: 401,
    body: { errors: [{ extensions: { code: 'UNAUTHENTICATED', requestId: 'request 1' } }] },
  });
  expect(await upload('x', reader)).toMatchObject({
    status: 403,
    body: { errors: [{ message: 'Dafür fehlt Ihnen das Recht platform:write.' }] },
  });
  expect(await upload('', house.one, '/files', 'GET')).toMatchObject({
    status: 405,
    body: { errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] },
  });
  expect((await upload('x', house.one, '/other')).status).toBe(404);
});

test('a file that says that it is too large is refused before it is read', async () => {
  caller = house.one;
  const { hostname, port } = new URL(origin);
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`POST /files HTTP/1.1\r\nhost: x\r\ncontent-length: ${MAX_FILE_BYTES + 1}\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (data) => (text += data));
    socket.on('close', () => resolve(text));
  });
  expect(answer).toContain('413');
  expect(answer).toContain('"FILE_TOO_LARGE"');
});

test('an upload that breaks off leaves nothing', async () => {
  const count = async () => (await house.sql('SELECT 1 FROM platform.file_chunk')).length;
  const before = await count();
  caller = house.one;
  const { hostname, port } = new URL(origin);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write('POST /files HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\n');
      socket.write(Buffer.alloc(1_500_000), () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
  // The next upload is stored, so the connection of the broken one is free again.
  await upload('small', house.one);
  expect(await count()).toBe(before + 1);
});

test('another company cannot use the file', async () => {
  const { body } = await upload('x', house.one);
  const start = (as: Caller) =>
    house.ask(as, 'mutation ($input: StartTaskInput!) { startTask(input: $input) { task { id } error { code } } }', {
      input: { kind: 'IMPORT_SALES', fileId: body.id },
    });
  expect((await start(house.two)).startTask).toEqual({ task: null, error: { code: 'UNKNOWN_FILE' } });
  expect((await start(house.one)).startTask.error).toBeNull();
});

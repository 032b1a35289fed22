import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startServed, startToys, toy } from '../toys.ts';

const toys = () => [toy('shop', 'type Query { ok: Boolean a: Int }', { Query: { ok: () => true, a: () => 1 } })];
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const extensions = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha(text) } });

let folder: string;
let file: string;
let gateway: RunningGateway | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  file = path.join(folder, 'operations.json');
});
afterEach(async () => {
  await gateway?.close(0);
  gateway = null;
  rmSync(folder, { recursive: true });
});

async function start(manifest: unknown, mode: 'off' | 'log' | 'require'): Promise<RunningGateway> {
  writeFileSync(file, JSON.stringify(manifest));
  gateway = await startToys(toys(), { operations: { file, mode } });
  return gateway;
}

describe('an operation is known by its id', () => {
  test.each([
    ['an object of texts', { one: '{ ok }' }],
    ['a list of ids and texts', [{ id: 'one', text: '{ ok }' }]],
    [
      "Apollo's form",
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'one', name: 'One', type: 'query', body: '{ ok }' }],
      },
    ],
  ])('from %s', async (_, manifest) => {
    const { url } = await start(manifest, 'require');
    expect((await post(url, { id: 'one' })).body.data).toEqual({ ok: true });
    expect((await post(url, { documentId: 'one' })).body.data).toEqual({ ok: true });
    expect(await (await fetch(`${url}?id=one`)).json()).toMatchObject({ data: { ok: true } });
  });

  test('by its hash as well, as clients of automatic persisted queries send it', async () => {
    const { url } = await start({ [sha('{ ok }')]: '{ ok }' }, 'require');
    expect((await post(url, { extensions: extensions('{ ok }') })).body.data).toEqual({ ok: true });
  });

  test('by its hash in capitals, whoever named it first', async () => {
    const { url } = await start({}, 'off');
    const capitals = { persistedQuery: { version: 1, sha256Hash: sha('{ ok }').toUpperCase() } };
    expect((await post(url, { query: '{ ok }', extensions: capitals })).body.data).toEqual({ ok: true });
    expect((await post(url, { extensions: extensions('{ ok }') })).body.data).toEqual({ ok: true });
    expect((await post(url, { extensions: capitals })).body.data).toEqual({ ok: true });
  });
});

test('an operation of an earlier build is answered by its id, and by nothing else', async () => {
  const formerFile = path.join(folder, 'operations.former.json');
  writeFileSync(file, JSON.stringify({ [sha('{ ok }')]: '{ ok }' }));
  writeFileSync(formerFile, JSON.stringify({ [sha('{ a }')]: '{ a }' }));
  gateway = await startToys(toys(), { operations: { file, formerFile, mode: 'require' } });
  expect((await post(gateway.url, { id: sha('{ a }') })).body.data).toEqual({ a: 1 });
  expect((await post(gateway.url, { id: sha('{ ok }') })).body.data).toEqual({ ok: true });
  expect((await post(gateway.url, { query: '{ a }' })).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_REQUIRED');
  writeFileSync(formerFile, '{}');
  await expect
    .poll(async () => (await post(gateway?.url ?? '', { id: sha('{ a }') })).body.errors?.[0].extensions.code, {
      timeout: 10_000,
    })
    .toBe('PERSISTED_QUERY_NOT_FOUND');
});

test('an unknown id says so in the words clients look for', async () => {
  const { url } = await start({}, 'off');
  const { body } = await post(url, { id: 'nope' });
  expect(body.errors[0]).toMatchObject({
    message: 'PersistedQueryNotFound',
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
  });
});

describe('mode require', () => {
  test('answers registered texts and questions about the schema, and nothing else', async () => {
    const { url } = await start({ one: '{ ok }' }, 'require');
    expect((await post(url, { query: '{ ok }' })).body.data).toEqual({ ok: true });
    const refused = await post(url, { query: '{ a }' });
    expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([403, 'PERSISTED_QUERY_REQUIRED']);
    expect((await post(url, { query: '{ __schema { queryType { name } } }' })).body.errors).toBeUndefined();
    expect((await post(url, { query: '{ __schema { queryType { name } } a }' })).status).toBe(403);
  });

  test.each([
    ['with a typing error', '{ okz }'],
    ['that is no GraphQL', '{ ok'],
    ['that is too deep', `${'{ ok '.repeat(100)}${'}'.repeat(100)}`],
    ['that would be planned for long', `{ ${'ok '.repeat(4_000)} }`],
    ['with questions about the schema in a fragment beside others', '{ ...F } fragment F on Query { __typename okz }'],
    ['with fragments that never end', '{ ...F okz } fragment F on Query { ...F __typename }'],
    ['with names of several operations', 'query A { __typename } query B { __typename }'],
  ])('tells nothing about a text %s', async (_, query) => {
    const { url } = await start({}, 'require');
    const { status, body } = await post(url, { query });
    expect([status, body.errors[0].extensions.code]).toEqual([403, 'PERSISTED_QUERY_REQUIRED']);
  });

  test('does not let clients register texts themselves', async () => {
    const { url } = await start({}, 'require');
    await post(url, { query: '{ a }', extensions: extensions('{ a }') });
    expect((await post(url, { extensions: extensions('{ a }') })).body.errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
  });
});

describe('operations of an API client', () => {
  const client = (clientId: string) => ({
    tenantId: 't',
    userId: null,
    clientId,
    sessionId: null,
    permissions: [],
    locale: 'en' as const,
    budget: null,
  });
  const identity = {
    jwks: () => ({ keys: [] }),
    resolveApiKey: (key: string) => Promise.resolve(key.endsWith('-key') ? client(key.slice(0, -4)) : null),
  };
  const as = (name: string) => ({ 'x-api-key': `${name}-key` });

  async function startFor(files: Record<string, unknown>, mode: 'off' | 'require' = 'require') {
    for (const [name, manifest] of Object.entries(files)) {
      writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(manifest));
    }
    const everybody = path.join(folder, 'all.manifest');
    writeFileSync(everybody, JSON.stringify({ common: '{ ok }' }));
    gateway = await startToys(toys(), { identity, operations: { file: everybody, folder, mode } });
    return gateway;
  }

  test('are answered for it and nobody else, beside those of everybody', async () => {
    const { url } = await startFor({ shop: { own: '{ a }' } });
    expect((await post(url, { id: 'own' }, as('shop'))).body.data).toEqual({ a: 1 });
    expect((await post(url, { id: 'common' }, as('shop'))).body.data).toEqual({ ok: true });
    for (const headers of [as('other'), {}]) {
      expect((await post(url, { id: 'own' }, headers)).body.errors[0].extensions.code).toBe(
        'PERSISTED_QUERY_NOT_FOUND',
      );
      expect((await post(url, { query: '{ a }' }, headers)).status).toBe(403);
    }
  });

  test('may come with a mode that holds for this client alone', async () => {
    const { url } = await startFor({
      trusted: { mode: 'off', operations: {} },
      strict: { mode: 'require', operations: [{ id: 'own', text: '{ ok }' }] },
    });
    expect((await post(url, { query: '{ a }' }, as('trusted'))).body.data).toEqual({ a: 1 });
    expect((await post(url, { query: '{ a }' }, as('strict'))).status).toBe(403);
    // A name that a client gives itself proves nothing.
    expect((await post(url, { query: '{ a }' }, { 'apollographql-client-name': 'trusted' })).status).toBe(403);
  });

  test('are read anew when a file changes, comes or breaks', async () => {
    const { url } = await startFor({ shop: { own: '{ a }' } });
    const own = async () => (await post(url, { id: 'own' }, as('shop'))).body.data;
    expect(await own()).toEqual({ a: 1 });
    writeFileSync(path.join(folder, 'shop.json'), JSON.stringify({ own: '{ ok }' }));
    writeFileSync(path.join(folder, 'new.json'), JSON.stringify({ mine: '{ a }' }));
    await expect.poll(own, { timeout: 10_000 }).toEqual({ ok: true });
    expect((await post(url, { id: 'mine' }, as('new'))).body.data).toEqual({ a: 1 });
    writeFileSync(path.join(folder, 'shop.json'), '{ "mode": "maybe", "operations": {} }');
    await sleep(2_500);
    expect(await own()).toEqual({ ok: true });
  }, 30_000);
});

test('automatic persisted queries: register once, then ask by hash; a wrong hash is refused', async () => {
  const { url } = await start({}, 'off');
  expect((await post(url, { extensions: extensions('{ a }') })).body.errors[0].message).toBe('PersistedQueryNotFound');
  expect((await post(url, { query: '{ a }', extensions: extensions('{ a }') })).body.data).toEqual({ a: 1 });
  expect((await post(url, { extensions: extensions('{ a }') })).body.data).toEqual({ a: 1 });
  expect((await post(url, { query: '{ ok }', extensions: extensions('{ a }') })).body.errors[0].extensions.code).toBe(
    'BAD_REQUEST',
  );
});

test('a changed manifest is read without a restart; a broken one leaves the old in place', async () => {
  const { url } = await start({ one: '{ ok }' }, 'require');
  writeFileSync(file, JSON.stringify({ two: '{ a }' }));
  await expect.poll(async () => (await post(url, { id: 'two' })).body.data, { timeout: 10_000 }).toEqual({ a: 1 });
  writeFileSync(file, '{ broken');
  await sleep(2_500);
  expect((await post(url, { id: 'two' })).body.data).toEqual({ a: 1 });
}, 30_000);

test('a persisted GET is answered with a tag, and 304 while nothing has changed', async () => {
  const { url } = await start({ one: '{ ok }' }, 'off');
  const first = await fetch(`${url}?id=one`);
  const tag = first.headers.get('etag') as string;
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  expect(first.headers.get('vary')).toContain('authorization');
  expect(tag).toMatch(/^W\/"[\w-]+"$/);
  for (const known of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
    const again = await fetch(`${url}?id=one`, { headers: { 'if-none-match': known } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  expect((await fetch(`${url}?id=one`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

test('what is kept for a page of another origin is kept for that origin alone', async () => {
  const { url } = await start({ one: '{ ok }' }, 'off');
  const { headers } = await fetch(`${url}?id=one`, { headers: { origin: 'https://studio.apollographql.com' } });
  expect(headers.get('access-control-allow-origin')).toBe('https://studio.apollographql.com');
  expect(headers.get('vary')?.split(', ')).toEqual(expect.arrayContaining(['origin', 'authorization', 'cookie']));
});

test('nothing else may be kept by anybody on the way: other reads, errors, answers to POST', async () => {
  const { url } = await start({ one: '{ ok }' }, 'off');
  for (const response of [
    await fetch(`${url}?query={ok}`),
    await fetch(`${url}?id=none`),
    await fetch(`${url}?query={`),
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"id":"one"}' }),
  ]) {
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
  }
});

test('a new supergraph goes live without a restart; one that cannot be used leaves the old in place', async () => {
  const { gateway: first, served, close } = await startServed(toys());
  const { loaded } = await import('../../plan/supergraph.ts').then(({ composeLocal, loadSupergraph }) => ({
    loaded: loadSupergraph(composeLocal(toys())),
  }));
  const sdl = loaded.sdl.replace('local:shop', served[0]?.url ?? '');
  const supergraphFile = path.join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, sdl);
  gateway = await startToys([], { supergraphFile });
  const fields = async () =>
    (
      await post((gateway as RunningGateway).url, { query: '{ __type(name: "Query") { fields { name } } }' })
    ).body.data.__type.fields.map(({ name }: { name: string }) => name);
  expect(await fields()).toEqual(['ok', 'a']);
  writeFileSync(supergraphFile, sdl.replace('a: Int', 'a: Int\n  b: Int'));
  await expect.poll(fields, { timeout: 10_000 }).toEqual(['ok', 'a', 'b']);
  writeFileSync(supergraphFile, 'nonsense');
  await sleep(2_500);
  expect(await fields()).toEqual(['ok', 'a', 'b']);
  expect(first.port).toBeGreaterThan(0);
  await close();
}, 30_000);

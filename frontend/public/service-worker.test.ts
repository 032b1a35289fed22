// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';

const source = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
const origin = 'https://erp.example';

class FakeCache {
  readonly entries = new Map<string, Response>();
  readonly #key = (request: Request | string) =>
    new URL(typeof request === 'string' ? request : request.url, origin).href;
  async match(request: Request | string, options?: { ignoreSearch?: boolean }) {
    const wanted = this.#key(request);
    const bare = (url: string) => (options?.ignoreSearch ? url.split('?')[0] : url);
    return [...this.entries].find(([key]) => bare(key) === bare(wanted))?.[1].clone();
  }
  async put(request: Request | string, answer: Response) {
    this.entries.set(this.#key(request), answer);
  }
  async delete(request: Request | string) {
    return this.entries.delete(this.#key(request));
  }
  async keys() {
    return [...this.entries.keys()];
  }
  async add(path: string) {
    this.entries.set(this.#key(path), new Response(`kept ${path}`));
  }
}

let online: boolean;
let fetched: string[];
let stores: Map<string, FakeCache>;
let listeners: Map<string, (event: object) => void>;

beforeEach(() => {
  online = true;
  fetched = [];
  stores = new Map();
  listeners = new Map();
  const open = async (name: string) => {
    const store = stores.get(name) ?? new FakeCache();
    stores.set(name, store);
    return store;
  };
  runInNewContext(source, {
    self: {
      addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
      skipWaiting: () => undefined,
      clients: { claim: () => undefined },
      location: { origin },
    },
    caches: { open, delete: async (name: string) => stores.delete(name) },
    fetch: async (request: Request) => {
      if (!online) throw new TypeError('network');
      fetched.push(request.url);
      return new Response(`fresh ${fetched.length}`);
    },
    URL,
    Response,
    AbortSignal,
    TextEncoder,
    crypto,
    Uint8Array,
    Array,
    Promise,
  });
});

async function ask(path: string, init: RequestInit & { mode?: string } = {}): Promise<string | null> {
  const { mode, ...rest } = init;
  const request = new Request(origin + path, rest);
  if (mode) Object.defineProperty(request, 'mode', { value: mode });
  let answer: Promise<Response> | undefined;
  let work: Promise<unknown> | undefined;
  listeners.get('fetch')?.({
    request,
    respondWith: (given: Promise<Response>) => {
      answer = given;
    },
    waitUntil: (given: Promise<unknown>) => {
      work = given;
    },
  });
  await work;
  return answer ? (await answer).text() : null;
}

const visit = (path: string) => ask(path, { mode: 'navigate' });
const read = (body: string, operation = 'read') =>
  ask('/graphql', { method: 'POST', body, headers: { 'x-valeo-operation': operation } });

describe('a page', () => {
  test('is always fetched while there is a connection, and the visited one is shown without', async () => {
    expect(await visit('/sales/invoices')).toBe('fresh 1');
    expect(await visit('/sales/invoices')).toBe('fresh 2');
    online = false;
    expect(await visit('/sales/invoices')).toBe('fresh 2');
    expect(await visit('/sales/invoices?q=elbe')).toBe('fresh 2');
  });

  test('that was never visited is the offline page', async () => {
    await new Promise<void>((done) =>
      listeners.get('install')?.({ waitUntil: (work: Promise<void>) => work.then(done) }),
    );
    online = false;
    expect(await visit('/finance/journal')).toBe('kept /offline');
  });

  test('with a password on it is never kept', async () => {
    expect(await visit('/sign-in')).toBeNull();
  });
});

describe('the graph', () => {
  test('is asked first, and a read that was answered before is answered without a connection', async () => {
    await read('{"id":"a","variables":{"at":0}}');
    await read('{"id":"a","variables":{"at":100}}');
    online = false;
    expect(await read('{"id":"a","variables":{"at":0}}')).toBe('fresh 1');
    expect(await read('{"id":"a","variables":{"at":100}}')).toBe('fresh 2');
    await expect(read('{"id":"a","variables":{"at":200}}')).rejects.toThrow('network');
  });

  test('is never touched by the worker when something is written', async () => {
    expect(await read('{"id":"m"}', 'write')).toBeNull();
  });
});

test('what has a hash in its name is fetched once', async () => {
  await ask('/_next/static/chunks/a1.js');
  await ask('/_next/static/chunks/a1.js');
  expect(fetched).toHaveLength(1);
});

test('signing out or in forgets everything that was seen', async () => {
  await visit('/sales/invoices');
  await read('{"id":"a"}');
  await ask('/auth/sign-out', { method: 'POST' });
  expect([...(stores.get('valeo-seen')?.entries.keys() ?? [])]).toEqual([`${origin}/offline`]);
});

test('what is kept is bounded', async () => {
  for (let at = 0; at < 320; at += 1) await visit(`/sales/invoices/${at}`);
  expect(stores.get('valeo-seen')?.entries.size).toBe(300);
});

test('the worker stays small', () => {
  expect(gzipSync(source).length).toBeLessThan(3000);
});

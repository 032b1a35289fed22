// @vitest-environment node
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { offlineFiles } from '../server/worker-script.ts';

const origin = 'https://erp.example';
const { script } = offlineFiles(join(import.meta.dirname, 'no-such-build'));

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
    // As browsers do it, what replaces an answer comes last.
    this.entries.delete(this.#key(request));
    this.entries.set(this.#key(request), answer);
  }
  async delete(request: Request | string) {
    return this.entries.delete(this.#key(request));
  }
  async keys() {
    return [...this.entries.keys()];
  }
  async add(path: string) {
    if (addFails) throw new TypeError('network');
    this.entries.set(this.#key(path), new Response(`kept ${path}`));
  }
}

let online: boolean;
let slow: boolean;
let status: number;
let owner: string;
let fetched: string[];
let posted: { type: string; fresh?: boolean; offline?: boolean }[];
let stores: Map<string, FakeCache>;
let forgotten: number;
let build: string;
let addFails: boolean;
let listeners: Map<string, (event: object) => void>;
let finished: Promise<unknown>[];

function start(text = script) {
  listeners = new Map();
  const open = async (name: string) => {
    const store = stores.get(name) ?? new FakeCache();
    stores.set(name, store);
    return store;
  };
  runInNewContext(text, {
    self: {
      addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
      skipWaiting: () => undefined,
      clients: {
        claim: async () => undefined,
        get: async () => ({ postMessage: (message: { type: string }) => posted.push({ ...message }) }),
      },
      location: { origin },
    },
    caches: {
      open,
      delete: async (name: string) => stores.delete(name),
      keys: async () => [...stores.keys()],
      match: async (request: Request | string, options?: { cacheName?: string; ignoreSearch?: boolean }) => {
        for (const [name, store] of stores) {
          if (options?.cacheName && options.cacheName !== name) continue;
          const kept = await store.match(request, options);
          if (kept) return kept;
        }
      },
    },
    indexedDB: {
      open() {
        forgotten += 1;
        throw new Error('looked at by a test of its own');
      },
    },
    fetch: async (request: Request | string) => {
      if (!online) throw new TypeError('network');
      if (slow) await new Promise((resolve) => setTimeout(resolve, 300));
      const url = typeof request === 'string' ? request : request.url;
      fetched.push(url);
      if (url.endsWith('/offline-files.json')) {
        return Response.json(['/_next/static/a.js', '/offline'], { headers: { 'x-valeo-build': build } });
      }
      return new Response(`fresh ${fetched.length}`, {
        status,
        headers: {
          date: new Date().toUTCString(),
          'x-valeo-owner': owner,
          'x-valeo-build': build,
          'content-security-policy': `n-${fetched.length}`,
        },
      });
    },
    URL,
    Response,
    TextEncoder,
    crypto,
    setTimeout,
    btoa,
    Uint8Array,
  });
}

beforeAll(() => expect(script).not.toBe(''));
beforeEach(async () => {
  online = true;
  slow = false;
  status = 200;
  owner = 'company.person';
  build = 'development';
  addFails = false;
  fetched = [];
  posted = [];
  stores = new Map();
  forgotten = 0;
  finished = [];
  start();
  await happen('install');
  fetched = [];
});

async function ask(path: string, init: RequestInit & { mode?: string } = {}): Promise<Response | null> {
  const { mode, ...rest } = init;
  const request = new Request(origin + path, rest);
  if (mode) Object.defineProperty(request, 'mode', { value: mode });
  let answer: Promise<Response> | undefined;
  listeners.get('fetch')?.({
    request,
    resultingClientId: 'tab',
    respondWith: (given: Promise<Response>) => {
      answer = given;
    },
    waitUntil: (given: Promise<unknown>) => finished.push(given),
  });
  return answer ? await answer : null;
}

const happen = (name: string, event: object = {}) => {
  listeners.get(name)?.({ ...event, waitUntil: (work: Promise<unknown>) => finished.push(work) });
  return settled();
};
/** Waits for what the worker goes on with after its answer. */
async function settled() {
  while (finished.length > 0) await Promise.all(finished.splice(0));
}
const textOf = async (answer: Promise<Response | null>) => {
  const text = (await (await answer)?.text()) ?? null;
  if (!slow) await settled();
  return text;
};
const visit = (path: string) => textOf(ask(path, { mode: 'navigate' }));
const read = (body: string, operation = 'read') =>
  textOf(ask('/graphql', { method: 'POST', body, headers: { 'x-valeo-operation': operation } }));
const seen = (name = 'company.person') => [...(stores.get(`valeo-seen-${name}`)?.entries.keys() ?? [])];

describe('a page', () => {
  test('is fetched while the server answers at once, and the visited one is shown without a connection', async () => {
    expect(await visit('/sales/invoices')).toBe('fresh 1');
    expect(await visit('/sales/invoices')).toBe('fresh 2');
    online = false;
    expect(await visit('/sales/invoices')).toBe('fresh 2');
    expect(await visit('/sales/invoices?q=elbe')).toBe('fresh 2');
  });

  test('goes with the policy it came with', async () => {
    expect(await visit('/tasks')).toBe('fresh 1');
    online = false;
    const kept = await ask('/tasks', { mode: 'navigate' });
    expect(kept?.headers.get('content-security-policy')).toBe('n-1');
  });

  test('that was seen before is shown at once when the server takes its time, and the tab hears of the newer one', async () => {
    await visit('/sales/invoices');
    slow = true;
    expect(await visit('/sales/invoices')).toBe('fresh 1');
    await settled();
    expect(posted).toMatchObject([{ type: 'shown', fresh: true }]);
    expect(await visit('/sales/invoices/7/edit')).toBe('fresh 3');
    expect(await visit('/sales/invoices/7/edit')).toBe('fresh 4');
  });

  test('is not shown at once in an earlier language or theme', async () => {
    await visit('/sales/invoices');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await happen('message', { data: { type: 'display' } });
    slow = true;
    expect(await visit('/sales/invoices')).toBe('fresh 2');
  });

  test('is not shown at once as it was before the reader wrote something, and is kept anew', async () => {
    await visit('/finance/journal/7');
    await visit('/finance/journal/8');
    await read('{"id":"m"}', 'write');
    slow = true;
    expect(await visit('/finance/journal/7')).toBe('fresh 3');
    await settled();
    await ask('/finance/journal/8?_rsc=abc', { headers: { rsc: '1' } });
    await settled();
    expect(fetched.slice(2)).toEqual([`${origin}/finance/journal/7`, `${origin}/finance/journal/8`]);
    online = false;
    expect(await visit('/finance/journal/7')).toBe('fresh 3');
  });

  test('stays readable while the server only fails', async () => {
    await visit('/sales/invoices');
    status = 503;
    expect(await visit('/sales/invoices')).toBe('fresh 1');
    await settled();
    expect(posted).toMatchObject([{ offline: true }]);
  });

  test('that was never visited is the offline page', async () => {
    online = false;
    expect(await visit('/finance/journal')).toBe('kept /offline');
  });

  test('visited through the router is kept as a document; its payload never is', async () => {
    await ask('/crm/partners?_rsc=abc', { headers: { rsc: '1' } });
    await ask('/crm/partners?_rsc=abc', { headers: { rsc: '1', 'next-router-prefetch': '1' } });
    await settled();
    expect(fetched).toEqual([`${origin}/crm/partners`]);
    expect(seen()).toEqual([`${origin}/crm/partners`]);
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

describe('a new build', () => {
  const kept = () => [...stores.keys()].filter((name) => name.startsWith('valeo-assets'));
  const deploy = async (name: string) => {
    build = name;
    await visit('/sales/invoices');
  };

  test('brings all its files once a page of it is seen, takes what did not change from the build before, and leaves that to open tabs', async () => {
    await deploy('other');
    expect(kept()).toEqual(['valeo-assets-development', 'valeo-assets-other']);
    online = false;
    expect(await textOf(ask('/_next/static/a.js'))).toBe('kept /_next/static/a.js');
  });

  test('is looked for by nothing but what pages say', async () => {
    await visit('/sales/invoices');
    await visit('/sales/orders');
    expect(fetched).toEqual([`${origin}/sales/invoices`, `${origin}/sales/orders`]);
  });

  test('ends the one before the last, also when an earlier one came back', async () => {
    for (const name of ['other', 'third']) await deploy(name);
    expect(kept()).toEqual(['valeo-assets-other', 'valeo-assets-third']);
    await deploy('other');
    await deploy('fourth');
    expect(kept().sort()).toEqual(['valeo-assets-fourth', 'valeo-assets-other']);
  });

  test('whose files did not all come is fetched again with the next page', async () => {
    addFails = true;
    await deploy('other');
    addFails = false;
    expect(kept()).toContain('valeo-assets-development');
    await visit('/sales/invoices');
    await deploy('third');
    expect(kept()).toEqual(['valeo-assets-other', 'valeo-assets-third']);
  });

  test('needs no other worker', () => {
    expect(script).not.toContain('development');
  });
});

test('files of the build are there, others are fetched', async () => {
  expect(await textOf(ask('/_next/static/a.js'))).toBe('kept /_next/static/a.js');
  expect(await textOf(ask('/_next/static/of-another-build.js'))).toBe('fresh 1');
  expect(fetched).toEqual([`${origin}/_next/static/of-another-build.js`]);
});

test('another company or person ends what was kept for the one before', async () => {
  await visit('/sales/invoices');
  await read('{"id":"a"}');
  owner = 'other.person';
  await visit('/sales/orders');
  expect(seen()).toEqual([]);
  expect(seen('other.person')).toEqual([`${origin}/sales/orders`]);
  online = false;
  await expect(read('{"id":"a"}')).rejects.toThrow('network');
});

test('signing out forgets everything that was seen, and what was typed', async () => {
  await visit('/sales/invoices');
  await ask('/auth/sign-out', { method: 'POST' }).catch(() => null);
  expect([...stores.keys()].filter((name) => name.includes('seen'))).toEqual([]);
  expect(forgotten).toBe(1);
});

test('a sign-out that is refused, because somebody else is signed in by now, forgets nothing of theirs', async () => {
  await visit('/sales/invoices');
  status = 409;
  expect((await ask('/auth/sign-out', { method: 'POST' }))?.status).toBe(409);
  expect(seen()).toEqual([`${origin}/sales/invoices`]);
  expect(forgotten).toBe(0);
});

test('what was still on its way at sign-out is not kept', async () => {
  await visit('/sales/invoices');
  slow = true;
  const late = visit('/sales/orders');
  await new Promise((resolve) => setTimeout(resolve, 20));
  slow = false;
  await ask('/auth/sign-out', { method: 'POST' }).catch(() => null);
  await late;
  expect([...stores.keys()].filter((name) => name.includes('seen'))).toEqual([]);
});

test('what is kept is bounded', async () => {
  for (let at = 0; at < 620; at += 1) {
    await visit(`/sales/invoices/${at}`);
    if (at % 300 === 0) await visit('/sales/invoices');
  }
  expect(seen()).toHaveLength(600);
  expect(seen()).toContain(`${origin}/sales/invoices`);
  expect(seen()).not.toContain(`${origin}/sales/invoices/0`);
});

test('the worker stays small', () => {
  expect(gzipSync(script).length).toBeLessThan(3000);
});

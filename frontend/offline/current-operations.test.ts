import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { currentOperations, sendCurrent } from './current-operations.ts';
import type { Write } from './write.ts';

afterEach(() => vi.unstubAllGlobals());

/** Operations of the forms whose work waits in the outbox without a connection: those of pages that name their record, and of documents. */
function operationsOfForms(): string[] {
  const app = join(import.meta.dirname, '..', 'app');
  return globSync('**/*.{ts,tsx}', { cwd: app }).flatMap((file) => {
    const text = readFileSync(join(app, file), 'utf8');
    const ofRecords = /record: \{ form: /.test(text) ? [...text.matchAll(/operation: (\w+)/g)] : [];
    const ofDocuments = [...text.matchAll(/(?:create|update): (\w+) as unknown as Save/g)];
    return [...ofRecords, ...ofDocuments].map(([, name]) => name as string);
  });
}

test('what a form has put into the outbox goes on in a later build, whichever form it was', () => {
  const used = [...new Set(operationsOfForms())].sort();
  expect(used).toContain('CreateActivity');
  expect(used).toContain('UpdateSalesInvoice');
  const known = currentOperations.map(({ name }) => name);
  expect(known.filter((name) => name !== 'AttachFile').sort()).toEqual(used);
});

test('each of them happens once, however often it is sent', () => {
  expect(currentOperations.filter(({ keyed }) => !keyed)).toEqual([]);
});

/** Sends where the graph is answered with a status by something else, or not at all, and the server itself is there or not. */
async function sent(status: number | null, isThere: boolean) {
  vi.stubGlobal('fetch', async (address: string) => {
    if (address === '/health/live') return new Response(null, { status: isThere ? 200 : 502 });
    if (status === null) throw new TypeError('network');
    return new Response('<html>', { status });
  });
  const write = { id: 'k', owner: 'c.u', operation: { id: 'x', name: 'CreateArticle' }, mutation: 'a', object: 'b' };
  return sendCurrent(write as Write, {});
}

test('a write alone that a firewall does not let through is one to mend', async () => {
  for (const status of [400, 403, 406, 414, 451])
    expect(await sent(status, true)).toEqual({
      done: false,
      fault: { code: `HTTP_${status}`, message: '', fields: [] },
    });
});

test('a write that is refused for now waits, without the server being taken for away', async () => {
  for (const status of [200, 401, 404, 408, 429, 502, 503, 504])
    expect(await sent(status, true)).toEqual({ later: `HTTP_${status}` });
  expect(await sent(null, true)).toEqual({ later: 'HTTP_0' });
});

test('where the server cannot be reached at all, nothing is wrong with the write', async () => {
  for (const status of [null, 200, 403, 502]) expect(await sent(status, false)).toEqual({ later: 'OFFLINE' });
});

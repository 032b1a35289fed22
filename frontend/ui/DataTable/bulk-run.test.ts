import { describe, expect, test, vi } from 'vitest';
import { answering } from '#testing/render.tsx';
import { sampleDefinition, sampleRow, sampleSource } from '#testing/sample-list.ts';
import { readAgain, rowsFor, runBulk } from './bulk-run.ts';
import type { BulkAction } from './definition.ts';

const action: BulkAction = {
  key: 'post',
  label: 'Buchen',
  icon: 'check',
  operation: { id: 'p', name: 'Post', keyed: true },
  question: ['1?', '{count}?'],
  permission: 'sales:write',
  when: { path: 'status', in: ['DRAFT'], filter: { status: { eq: 'DRAFT' } } },
};
const none = { filter: null, orderBy: null };
const patience = () => new AbortController().signal;

describe('the rows of an action', () => {
  test('are the chosen ones that it can be done to', async () => {
    const rows = new Map([0, 1, 7].map((at) => [`id-${at}`, sampleRow(at)]));
    const found = await rowsFor(
      action,
      { all: false, rows },
      sampleDefinition,
      none,
      () => sampleSource(0).fetch,
      patience(),
    );
    expect(found.map(({ id }) => id)).toEqual(['id-0', 'id-7']);
  });

  test('are everything that matches, read whole and without those let go', async () => {
    const source = sampleSource(1200);
    const asked: unknown[] = [];
    const found = await rowsFor(
      action,
      { all: true, rows: new Map([['id-3', sampleRow(3)]]) },
      sampleDefinition,
      { ...none, filter: { gross: { gte: '1' } } },
      (_, variables) => {
        asked.push(variables.filter);
        return source.fetch;
      },
      patience(),
    );
    expect(found).toHaveLength(1199);
    expect(asked).toEqual([{ and: [{ gross: { gte: '1' } }, { status: { eq: 'DRAFT' } }] }]);
  });
});

describe('an action for many rows', () => {
  const rows = Array.from({ length: 10 }, (_, at) => sampleRow(at));

  test('goes on where one fails, and keeps the reason', async () => {
    const server = answering({
      Post: ({ input }: { input: { id: string } }) => ({
        postSalesInvoice: { error: input.id === 'id-4' ? { message: 'Monat geschlossen' } : null },
      }),
    });
    vi.stubGlobal('fetch', server.fetch);
    const told: number[] = [];
    const result = await runBulk(action, rows, { reason: 'x' }, patience(), ({ done }) => told.push(done));
    expect(result).toMatchObject({ done: 10, total: 10, failures: [{ row: rows[4], message: 'Monat geschlossen' }] });
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(server.asked[0]?.variables.input).toMatchObject({
      id: 'id-0',
      reason: 'x',
      idempotencyKey: expect.any(String),
    });
  });

  test('asks again under the same key when the answer was lost', async () => {
    const keys: unknown[] = [];
    const server = answering({
      Post: ({ input }: { input: { idempotencyKey: string } }) => {
        keys.push(input.idempotencyKey);
        return keys.length === 1 ? undefined : { postSalesInvoice: { error: null } };
      },
    });
    vi.stubGlobal('fetch', server.fetch);
    const [row] = rows as [(typeof rows)[0]];
    const first = await runBulk(action, [row], {}, patience(), () => undefined);
    expect(first.failures).toHaveLength(1);
    await runBulk(action, [row], {}, patience(), () => undefined);
    expect(keys[1]).toBe(keys[0]);
  });

  test('stops when it is told to, and says how far it came', async () => {
    vi.stubGlobal('fetch', answering({ Post: { postSalesInvoice: { error: null } } }).fetch);
    const stop = new AbortController();
    const { done, total } = await runBulk(action, rows, {}, stop.signal, () => stop.abort());
    expect(done).toBeLessThan(total);
  });

  test('is tried again on what the entries have become', async () => {
    vi.stubGlobal('fetch', answering({ Read: { article: { id: 'id-1', version: 9 } } }).fetch);
    const edit = { operation: action.operation, field: 'article', read: { id: 'r', name: 'Read' }, permission: '' };
    const [again] = await readAgain({ ...sampleDefinition, edit }, [sampleRow(1)]);
    expect(again).toMatchObject({ number: 'RE-000002', version: 9 });
  });
});

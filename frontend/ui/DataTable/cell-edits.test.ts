import { beforeEach, describe, expect, test, vi } from 'vitest';
import { formats } from '#i18n/format.ts';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { answering } from '#testing/render.tsx';
import { sampleDefinition } from '#testing/sample-list.ts';
import { CellEdits } from './cell-edits.ts';
import type { Column, Row } from './definition.ts';
import { RowWindows } from './windows.ts';

const column = (key: string, change: Partial<Column> = {}): Column => ({
  key,
  label: key,
  kind: 'text',
  path: key,
  width: null,
  edit: key,
  ...change,
});
const name = column('name', { required: true });
const price = column('price', { kind: 'amount' });
const definition = {
  ...sampleDefinition,
  columns: [name, price],
  edit: {
    operation: { id: 'e', name: 'Edit', keyed: true as const },
    field: 'article',
    read: { id: 'r', name: 'Read' },
    permission: 'inventory:write',
  },
};

type Stored = { id: string; version: number; name: string; price: string };
let stored: Stored;
let refuse: string | null;
let edits: CellEdits;
let rows: RowWindows;
let server: ReturnType<typeof answering>;

beforeEach(() => {
  stored = { id: 'a', version: 1, name: 'Lampe', price: '10.00' };
  refuse = null;
  server = answering({
    Read: () => ({ article: { ...stored } }),
    Edit: ({ input }: { input: Partial<Stored> & { idempotencyKey: string } }) => {
      const { idempotencyKey, id, version, ...changes } = input;
      if (refuse) {
        const fields = [{ path: 'price', message: refuse }];
        return { updateArticle: { article: null, error: { code: 'INVALID_INPUT', message: 'Ungültig', fields } } };
      }
      if (version !== stored.version) {
        return { updateArticle: { article: null, error: { code: 'CONFLICT', message: 'Veraltet', fields: [] } } };
      }
      stored = { ...stored, ...changes, version: stored.version + 1 };
      return { updateArticle: { article: { ...stored }, error: null } };
    },
  });
  vi.stubGlobal('fetch', server.fetch);
  rows = new RowWindows(async () => ({ rows: [], total: 1 }), { rows: [{ ...stored }], total: 1 });
  edits = new CellEdits(definition, rows, { t: translator('de', de), format: formats('de') });
});

const row = () => rows.row(0) as Row;
const enter = (column: Column, text: string) => edits.enter([{ row: row(), column, text }]);

describe('a cell', () => {
  test('that is changed before the change of another of its entry was answered is no conflict', async () => {
    const seen = row();
    await Promise.all([enter(name, 'Leuchte'), edits.enter([{ row: seen, column: price, text: '12,5' }])]);
    expect(edits.conflict).toBeNull();
    expect(stored).toMatchObject({ name: 'Leuchte', price: '12.5', version: 3 });
    await edits.undo();
    await edits.undo();
    expect(stored).toMatchObject({ name: 'Lampe', price: '10.00' });
  });

  test('shows its new value at once and is sent with the version that it is based on', async () => {
    const saving = enter(price, '12,5');
    await Promise.resolve();
    await Promise.resolve();
    expect(row().price).toBe('12.5');
    await saving;
    expect(server.asked[0]?.variables.input).toMatchObject({ id: 'a', version: 1, price: '12.5' });
    expect(row()).toMatchObject({ version: 2, price: '12.5' });
  });

  test('that says the same again is not sent', async () => {
    await enter(price, '10,0');
    await enter(name, ' Lampe ');
    expect(server.asked).toEqual([]);
  });

  test('that the graph refuses goes back, and says why', async () => {
    refuse = 'Zu teuer';
    await enter(price, '999');
    expect(row().price).toBe('10.00');
    expect(edits.faults.get('a')).toEqual({ price: 'Zu teuer' });
    refuse = null;
    await enter(price, '11');
    expect(edits.faults.size).toBe(0);
  });

  test('that takes no such text is not sent, and says why', async () => {
    await enter(price, 'viel');
    await enter(name, '');
    expect(server.asked).toEqual([]);
    expect(edits.faults.get('a')).toEqual({ price: 'Keine Zahl, z. B. 1.234,50', name: 'Darf nicht leer sein' });
    edits.clear();
    expect(edits.faults.size).toBe(0);
  });

  test('cannot be lost by a dropped connection: the old value returns with the reason', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('network');
    });
    await enter(name, 'Leuchte');
    expect(row().name).toBe('Lampe');
    expect(edits.faults.get('a')?.name).toBeTruthy();
  });
});

describe('several cells', () => {
  test('of one entry are one change, and are undone together', async () => {
    const before = row();
    await edits.enter([
      { row: before, column: name, text: 'Leuchte' },
      { row: before, column: price, text: '20' },
    ]);
    expect(server.asked).toHaveLength(1);
    expect(stored).toMatchObject({ name: 'Leuchte', price: '20' });
    await edits.undo();
    expect(stored).toMatchObject({ name: 'Lampe', price: '10.00', version: 3 });
    await edits.undo();
    expect(stored.version).toBe(3);
  });
});

describe('when somebody else was first', () => {
  beforeEach(() => {
    stored = { ...stored, name: 'Stehlampe', version: 2 };
  });

  test('both values are known, and the own one can be set over it', async () => {
    await enter(name, 'Leuchte');
    expect(edits.conflict).toMatchObject({
      current: { name: 'Stehlampe', version: 2 },
      changes: [{ value: 'Leuchte' }],
    });
    await edits.settle(true);
    expect(stored).toMatchObject({ name: 'Leuchte', version: 3 });
    expect(edits.conflict).toBeNull();
  });

  test('what stands there can be left', async () => {
    await enter(name, 'Leuchte');
    await edits.settle(false);
    expect(stored.name).toBe('Stehlampe');
    expect(row()).toMatchObject({ name: 'Stehlampe', version: 2 });
  });
});

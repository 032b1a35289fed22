import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from './ids.ts';
import { defineList } from './list.ts';
import { anchoredKeys, keepAnchors } from './list-anchors.ts';
import { Database, type Tx } from './tenant-db.ts';
import { putThings, type ToyHouse, thing, things, toy, toyHouse } from './testing/toy/toy.ts';

const BLOCK = 4;
const KEY = 'toy.Thing(made_on,kind,size,seen_at;kind)';
const COLUMNS = { KIND: 'kind', SIZE: 'size', MADE_ON: 'made_on', SEEN_AT: 'seen_at' } as const;
type Field = keyof typeof COLUMNS;
interface Jump {
  readonly field: Field;
  readonly direction: 'ASC' | 'DESC';
  readonly facet: '' | 'a' | 'b' | 'c';
}

let house: ToyHouse;
/** Every transaction of it sees one state of the database, however many statements it asks. */
let reader: Database;
const session = (tenantId: string) => ({ domain: 'toy', tenantId, userId: null, requestId: 'test' });
const random = (values: string) => values.charAt(Math.floor(Math.random() * values.length));
const someThing = () => ({
  id: newId(),
  kind: random('abc'),
  size: `${random('0123')}.50`,
  madeOn: `2026-01-0${random('123456789')}`,
  seenAt: `2026-01-01T00:00:00.00000${random('01234')}Z`,
});
const keep = () => keepAnchors(house.services.database, [toy], BLOCK);

beforeAll(async () => {
  house = await toyHouse();
  const name = new URL(house.url).pathname.slice(1);
  await house.sql(`ALTER DATABASE "${name}" SET default_transaction_isolation = 'repeatable read'`);
  reader = new Database({ url: house.url, maxConnections: 1 });
  await reader.transaction(session(house.one.tenantId), (tx) => tx.query('SELECT 1'));
  await house.sql(`ALTER DATABASE "${name}" RESET default_transaction_isolation`);
  for (const { tenantId } of [house.one, house.two]) {
    await house.sql('INSERT INTO kit.list_watch (tenant_id, list) VALUES ($1, $2)', [tenantId, KEY]);
    await putThings(house, tenantId, Array.from({ length: 50 }, someThing));
  }
});
afterAll(() => reader.close());

/** The ids that jumps find at every row number of a list, and those that counting rows finds, in one state of the database. */
async function compare(tx: Tx, { field, direction, facet }: Jump): Promise<number> {
  const condition = facet ? `WHERE kind = '${facet}'` : '';
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM toy.thing ${condition} ORDER BY ${COLUMNS[field]} ${direction}, id ${direction}`,
  );
  const filter = facet ? sql`${thing.kind} = ${facet}` : undefined;
  const keyset = things.keysetOf([{ field, direction }]);
  const numbers = new Set([
    0,
    rows.length - 1,
    rows.length,
    ...Array.from({ length: 3 }, () => Math.floor(Math.random() * rows.length)),
  ]);
  for (const offset of numbers) {
    if (offset < 0) continue;
    const keys = await anchoredKeys(tx, 'toy', things, keyset, { offset, facet, filter });
    const expected = rows[offset]?.id ?? null;
    const shown = { field, direction, facet, offset, of: rows.length };
    // A value that no row ever had has no blocks: the caller passes over the keys.
    if (keys !== undefined || facet === '')
      expect({ ...shown, id: keys && keys.at(-1) }).toEqual({ ...shown, id: expected });
  }
  return rows.length;
}

const jumps = fc.record<Jump>({
  field: fc.constantFrom('KIND', 'SIZE', 'MADE_ON', 'SEEN_AT'),
  direction: fc.constantFrom('ASC', 'DESC'),
  facet: fc.constantFrom('', 'a', 'b', 'c'),
});
const changes = fc.constantFrom('insert', 'insert many', 'move', 'recolour', 'touch', 'delete', 'roll back', 'keep');

/** One change by a writer of its own, in its own transaction. */
async function change(kind: string, tenantId: string): Promise<unknown> {
  if (kind === 'keep') return keep();
  if (kind === 'insert') return putThings(house, tenantId, [someThing()]);
  if (kind === 'insert many') return putThings(house, tenantId, Array.from({ length: 25 }, someThing));
  const some = 'WHERE id IN (SELECT id FROM toy.thing ORDER BY random() LIMIT 6)';
  const { kind: other, size, madeOn } = someThing();
  return house.services.database
    .transaction(session(tenantId), async (tx) => {
      if (kind === 'move') await tx.query(`UPDATE toy.thing SET size = $1, made_on = $2 ${some}`, [size, madeOn]);
      if (kind === 'recolour') await tx.query(`UPDATE toy.thing SET kind = $1 ${some}`, [other]);
      if (kind === 'touch') await tx.query(`UPDATE toy.thing SET note = 'seen' ${some}`);
      if (kind === 'delete') await tx.query(`DELETE FROM toy.thing ${some}`);
      if (kind === 'roll back') {
        await tx.query(`UPDATE toy.thing SET size = $1 ${some}`, [size]);
        await tx.query(`DELETE FROM toy.thing ${some}`);
        tx.rollback(null);
      }
    })
    .catch((error: { code?: string }) => {
      // Writers that change the same rows may be ended by the database, and then have changed nothing.
      if (!['40P01', '40001'].includes(error.code ?? '')) throw error;
    });
}

/** Many small transactions, on a machine that may be busy. */
const PATIENCE_MS = 180_000;
const RUNS = { numRuns: process.env.TEST_LONG ? 200 : 10 };

describe('a jump finds the row that counting finds', () => {
  test('once a list is counted, and not before', async () => {
    const { tenantId } = house.one;
    const find = () =>
      house.services.database.transaction(session(tenantId), (tx) =>
        anchoredKeys(tx, 'toy', things, things.keysetOf(null), { offset: 20, facet: '', filter: undefined }),
      );
    expect(await find()).toBeUndefined();
    for (let round = 0; round < 50 && (await find()) === undefined; round++) await keep();
    expect(await find()).toHaveLength(2);
    const blocks = await house.sql<{ n: string }>(
      `SELECT count(*) AS n FROM kit.list_block WHERE tenant_id = $1 AND sort = 'size,id' AND facet = ''`,
      [tenantId],
    );
    expect(Number(blocks[0]?.n)).toBeGreaterThan(5);
  });

  test('after any changes, worked in or not', { timeout: PATIENCE_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(changes, { maxLength: 6 }),
        fc.array(jumps, { minLength: 4, maxLength: 4 }),
        async (done, asked) => {
          for (const kind of done) await change(kind, house.one.tenantId);
          await reader.transaction(session(house.one.tenantId), async (tx) => {
            for (const jump of asked) await compare(tx, jump);
          });
        },
      ),
      RUNS,
    );
  });

  test('while others write, roll back and count', { timeout: PATIENCE_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(changes, { minLength: 4, maxLength: 8 }),
        fc.array(jumps, { minLength: 6, maxLength: 6 }),
        async (done, asked) => {
          const writing = Promise.all(done.map((kind) => change(kind, house.one.tenantId)));
          for (const jump of asked) {
            await reader.transaction(session(house.one.tenantId), (tx) => compare(tx, jump));
          }
          await writing;
        },
      ),
      RUNS,
    );
  });

  test('in each company its own', async () => {
    await putThings(house, house.two.tenantId, [someThing()]);
    const jump: Jump = { field: 'SIZE', direction: 'ASC', facet: '' };
    const rows = await reader.transaction(session(house.two.tenantId), (tx) => compare(tx, jump));
    expect(rows).toBe(51);
  });
});

test('what was noted is worked in, and blocks are split before they grow long', async () => {
  const { tenantId } = house.one;
  for (let round = 0; round < 12; round++) {
    await putThings(
      house,
      tenantId,
      Array.from({ length: 20 }, () => ({ ...someThing(), size: '2.25', madeOn: '2026-02-01' })),
    );
    await keep();
  }
  for (let round = 0; round < 20; round++) await keep();
  const notes = await house.sql('SELECT 1 FROM kit.list_change WHERE tenant_id = $1', [tenantId]);
  expect(notes).toEqual([]);
  const blocks = await house.sql<{ sort: string; longest: string; total: string }>(
    `SELECT sort, max(n) AS longest, sum(n) AS total FROM kit.list_block WHERE tenant_id = $1 AND facet = '' GROUP BY sort`,
    [tenantId],
  );
  const [all] = await house.sql<{ n: string }>('SELECT count(*) AS n FROM toy.thing WHERE tenant_id = $1', [tenantId]);
  expect(blocks).toHaveLength(4);
  for (const { longest, total } of blocks) {
    expect(total).toBe(all?.n);
    expect(Number(longest)).toBeLessThanOrEqual(2 * BLOCK);
  }
  await reader.transaction(session(tenantId), (tx) => compare(tx, { field: 'MADE_ON', direction: 'DESC', facet: '' }));
});

test('a list that counts no column is noted and found all the same', async () => {
  const { countedBy: _, ...options } = things;
  const plain = defineList({
    ...options,
    type: 'Plain',
    sorts: { size: thing.size, madeOn: thing.madeOn },
    defaultOrder: [{ by: 'size', direction: 'ASC' }],
  });
  const key = 'toy.Plain(size,made_on;)';
  const call = `FOR EACH STATEMENT EXECUTE FUNCTION kit.list_moved('toy.Plain', '', 'size,made_on', '20000')`;
  await house.sql(`CREATE TRIGGER plain_insert AFTER INSERT ON toy.thing REFERENCING NEW TABLE AS new_rows ${call}`);
  await house.sql(
    `CREATE TRIGGER plain_update AFTER UPDATE ON toy.thing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ${call}`,
  );
  await house.sql(`CREATE TRIGGER plain_delete AFTER DELETE ON toy.thing REFERENCING OLD TABLE AS old_rows ${call}`);
  const { tenantId } = house.two;
  await house.sql('INSERT INTO kit.list_watch (tenant_id, list) VALUES ($1, $2)', [tenantId, key]);
  const counted = async () => {
    await keepAnchors(house.services.database, [{ name: 'toy', lists: [plain] }], BLOCK);
    const [row] = await house.sql<{ counted: boolean }>('SELECT counted FROM kit.list_watch WHERE list = $1', [key]);
    return row?.counted;
  };
  for (let round = 0; round < 50 && !(await counted()); round++) await counted();
  await putThings(house, tenantId, Array.from({ length: 12 }, someThing));
  for (const kind of ['move', 'delete']) await change(kind, tenantId);
  for (const isWorkedIn of [false, true]) {
    if (isWorkedIn) await counted();
    await reader.transaction(session(tenantId), async (tx) => {
      const rows = await tx.query<{ id: string }>('SELECT id FROM toy.thing ORDER BY made_on, id');
      const keyset = plain.keysetOf([{ field: 'MADE_ON', direction: 'ASC' }]);
      for (const offset of [0, 7, 23, rows.length - 1]) {
        const keys = await anchoredKeys(tx, 'toy', plain, keyset, { offset, facet: '', filter: undefined });
        expect([offset, keys?.at(-1)]).toEqual([offset, rows[offset]?.id]);
      }
    });
  }
});

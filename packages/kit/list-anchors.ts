import { getTableName, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn } from 'drizzle-orm/pg-core';
import type { Keyset } from './keyset.ts';
import type { List } from './list.ts';
import type { Database, Tx } from './tenant-db.ts';

/**
 * Jumping to row 5,000,000 without passing over the rows before it. The rows of a long list are counted in blocks of some thousand
 * for each of its orders; a jump adds up the blocks before it and passes over the rest of one. Writers only note which keys came and
 * went; the worker brings the blocks up to date. A jump reads blocks, notes and rows in one statement, so it is exact whatever the
 * worker has got to. See decision 0033.
 */

/** Rows from which a list is counted in blocks: below, passing over the keys of half an index takes some 15 ms at most. */
export const WATCHED_FROM = 100_000;
const BLOCK_ROWS = 4_000;
/** Keys from which on noted statements wait for the next turn. */
const KEYS_AT_ONCE = 50_000;
const COUNT_TIMEOUT_MS = 600_000;
const CLOSEST_PLACES = 1e-6;

/** One order of a list, ascending. */
interface AnchoredOrder {
  readonly sort: string;
  readonly columns: readonly PgColumn[];
}

interface Anchored {
  /** Name of the list with the columns that are kept. */
  readonly key: string;
  readonly table: string;
  readonly facet: PgColumn | undefined;
  /** Columns of all orders, but for the id. */
  readonly columns: readonly PgColumn[];
  readonly orders: readonly AnchoredOrder[];
}

const nameOf = (column: PgColumn): string => `"${column.name}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The order of a page, ascending, if all its keys have one direction. */
function orderOf(keyset: Keyset): (AnchoredOrder & { readonly descending: boolean }) | null {
  const [first] = keyset.keys;
  if (!first || keyset.keys.some((key) => key.descending !== first.descending)) return null;
  const columns = keyset.keys.map((key) => key.column);
  return { sort: columns.map((column) => column.name).join(), columns, descending: first.descending };
}

/** Columns that the trigger notes, in the order of its argument. */
export function anchorColumns(list: List): PgColumn[] {
  const id = list.table.id;
  return [...new Set(ordersOf(list).flatMap(({ columns }) => columns))].filter((column) => column !== id);
}

/** What everyone sees differently has no row numbers of its own to keep. */
export const isAnchored = (list: List): boolean => !list.visible && !list.unlisted;

function ordersOf(list: List): AnchoredOrder[] {
  const keysets = [
    list.keysetOf(null),
    ...[...list.sortNames.keys()].map((field) => list.keysetOf([{ field, direction: 'ASC' }])),
  ];
  const orders = keysets.flatMap((keyset) => orderOf(keyset) ?? []);
  return [...new Map(orders.map(({ sort, columns }) => [sort, { sort, columns }])).values()];
}

export const facetColumn = (list: List): PgColumn | undefined =>
  list.countedBy ? list.filters[list.countedBy]?.column : undefined;

const anchoredLists = new WeakMap<List, Anchored>();

function anchoredOf(domain: string, list: List): Anchored {
  let anchored = anchoredLists.get(list);
  if (!anchored) {
    const columns = anchorColumns(list);
    const facet = facetColumn(list);
    anchored = {
      key: `${domain}.${list.type}(${columns.map((column) => column.name).join()};${facet?.name ?? ''})`,
      table: `"${getTableConfig(list.table).schema ?? 'public'}"."${getTableName(list.table)}"`,
      facet,
      columns,
      orders: ordersOf(list),
    };
    anchoredLists.set(list, anchored);
  }
  return anchored;
}

/** The notes of a list as rows: sign, facet and keys. */
function notes({ columns, key }: Anchored, id: PgColumn, from = 'kit.list_change'): string {
  const names = columns.map((_, index) => `k${index}`);
  const typed = columns.map((column, index) => `x.k${index}::${column.getSQLType()} AS ${nameOf(column)}`);
  const rows = columns.map((_, index) => `unnest(c.keys[${index + 1}:${index + 1}])`);
  return `SELECT c.sign, x.facet, ${[...typed, `x.id AS ${nameOf(id)}`].join(', ')}
    FROM ${from} c CROSS JOIN LATERAL ROWS FROM (${['unnest(c.ids)', 'unnest(c.facets)', ...rows].join(', ')}) AS x (${['id', 'facet', ...names].join(', ')})
    ${from === 'kit.list_change' ? `WHERE c.tenant_id = kit.tenant() AND c.list = ${literal(key)}` : ''}`;
}

const keysOf = ({ columns }: AnchoredOrder, alias = ''): string =>
  columns.map((column) => `${alias}${nameOf(column)}`).join(', ');

/** The lower end of a block as typed values. */
const lowOf = ({ columns }: AnchoredOrder, low: string): string =>
  columns.map((column, index) => `(${low})[${index + 1}]::${column.getSQLType()}`).join(', ');

/** The keys of the row with this number, as text; undefined where the list has no blocks, null behind its end. */
export async function anchoredKeys(
  tx: Tx,
  domain: string,
  list: List,
  keyset: Keyset,
  page: { readonly offset: number; readonly facet: string; readonly filter: SQL | undefined },
): Promise<readonly string[] | null | undefined> {
  const order = isAnchored(list) ? orderOf(keyset) : null;
  const anchored = anchoredOf(domain, list);
  if (!order || !anchored.orders.some(({ sort }) => sort === order.sort)) return undefined;

  const { descending, columns } = order;
  const raw = (text: string) => sql.raw(text);
  const facet = page.facet === '' ? sql`` : sql` WHERE facet = ${page.facet}`;
  const own = sql`tenant_id = kit.tenant() AND list = ${anchored.key} AND sort = ${order.sort} AND facet = ${page.facet}`;
  const keys = raw(keysOf(order));
  const texts = raw(columns.map((column, index) => `${nameOf(column)}::text AS k${index}`).join(', '));
  const edge = raw(
    columns.map((column, index) => `(SELECT low[${index + 1}]::${column.getSQLType()} FROM anchor)`).join(', '),
  );
  const turned = raw(columns.map((column) => `${nameOf(column)} DESC`).join(', '));
  const within = page.filter ? sql` AND ${page.filter}` : sql``;
  const { rows } = await tx.countersOf(`${domain}.${list.type}`).db.execute<Record<string, string | null>>(sql`
    WITH block AS MATERIALIZED (
      SELECT low, place, sum(n) OVER (ORDER BY place) - n AS before, sum(n) OVER () AS counted FROM kit.list_block WHERE ${own}
    ), note AS MATERIALIZED (
      SELECT * FROM (${raw(notes(anchored, list.table.id))}) note${facet}
    ), wanted AS MATERIALIZED (
      SELECT total, CASE WHEN ${raw(String(descending))} THEN total - 1 - ${page.offset}::bigint ELSE ${page.offset}::bigint END AS at
      FROM (SELECT (SELECT max(counted) FROM block) + coalesce((SELECT sum(sign) FROM note), 0) AS total) size
    ), anchor AS MATERIALIZED (
      SELECT low, before + coalesce((SELECT sum(sign) FROM note WHERE (${raw(keysOf(order, 'note.'))}) < (${raw(lowOf(order, 'nearest.low'))})), 0) AS rank
      FROM (SELECT low, before FROM block, wanted WHERE low IS NOT NULL ORDER BY abs(before - at), place DESC LIMIT 1) nearest
    ), way AS MATERIALIZED (SELECT at - rank AS ahead FROM wanted, anchor WHERE at BETWEEN 0 AND total - 1)
    SELECT (SELECT total FROM wanted) AS total, (SELECT count(*) FROM anchor) AS anchors, found.* FROM (SELECT) always LEFT JOIN (
      (SELECT ${texts} FROM ${list.table} WHERE (${keys}) >= (${edge})${within} ORDER BY ${keys}
       OFFSET (SELECT ahead::bigint FROM way WHERE ahead >= 0) LIMIT (SELECT count(*) FROM way WHERE ahead >= 0))
      UNION ALL
      (SELECT ${texts} FROM ${list.table} WHERE (${keys}) < (${edge})${within} ORDER BY ${turned}
       OFFSET (SELECT (-1 - ahead)::bigint FROM way WHERE ahead < 0) LIMIT (SELECT count(*) FROM way WHERE ahead < 0))
    ) found ON true`);
  const [row] = rows;
  if (!row || row.total === null || Number(row.anchors) === 0) return undefined;
  return row.k0 === null || row.k0 === undefined ? null : columns.map((_, index) => row[`k${index}`] ?? '');
}

/** A range of an order: rows from `low` (null: from the first) to before `high`, counted into places from `from` to `to`. */
interface Range {
  readonly low: readonly string[] | null;
  readonly high: readonly string[] | null;
  readonly from: number;
  readonly to: number | null;
}

/**
 * Counts the rows of a range into blocks, as of this statement and without what is still noted: that is worked in later. The first
 * block keeps the lower end of the range.
 */
async function count(
  tx: Tx,
  list: List,
  anchored: Anchored,
  order: AnchoredOrder,
  range: Range,
  blockRows: number,
): Promise<void> {
  const facet = anchored.facet ? `${nameOf(anchored.facet)}::text` : `''`;
  const keys = keysOf(order);
  const bounds = (alias: string) =>
    [
      range.low && `(${keysOf(order, alias)}) >= (${lowOf(order, '(SELECT low FROM range)')})`,
      range.high && `(${keysOf(order, alias)}) < (${lowOf(order, '(SELECT high FROM range)')})`,
    ]
      .filter(Boolean)
      .map((condition) => `AND ${condition}`)
      .join(' ');
  const step =
    range.to === null ? '1' : `(${range.to}::float8 - ${range.from}::float8) / (1 + (SELECT max(piece) FROM bound))`;
  await tx.query(
    `WITH range AS MATERIALIZED (SELECT $1::text[] AS low, $2::text[] AS high
     ), numbered AS MATERIALIZED (
       SELECT ${keys}, ${facet} AS facet, (row_number() OVER (ORDER BY ${keys}) - 1) AS r FROM ${anchored.table} t WHERE true ${bounds('t.')}
     ), bound AS MATERIALIZED (
       SELECT r / ${blockRows} AS piece, ${keys} FROM numbered WHERE r % ${blockRows} = 0
     ), note AS MATERIALIZED (
       SELECT * FROM (${notes(anchored, list.table.id)}) note WHERE true ${bounds('note.')}
     ), placed AS (
       SELECT sign, facet, coalesce(max(piece) OVER (ORDER BY ${keys}, sign IS NOT NULL ROWS UNBOUNDED PRECEDING), 0) AS piece FROM (
         SELECT NULL::int AS sign, NULL::text AS facet, piece, ${keys} FROM bound
         UNION ALL SELECT sign, facet, NULL, ${keys} FROM note
       ) either
     ), counted (piece, facet, n) AS (
       SELECT r / ${blockRows}, facet, count(*) FROM numbered GROUP BY 1, 2
       UNION ALL SELECT piece, facet, -sign FROM placed WHERE sign IS NOT NULL
       UNION ALL SELECT 0, '', 0
     ), summed AS (
       SELECT piece, facet, sum(n) AS n FROM counted WHERE facet <> '' GROUP BY 1, 2
       UNION ALL SELECT piece, '', sum(n) FROM counted GROUP BY 1
     )
     INSERT INTO kit.list_block (tenant_id, list, sort, facet, place, low, n)
     SELECT kit.tenant(), ${literal(anchored.key)}, ${literal(order.sort)}, s.facet, ${range.from}::float8 + s.piece * ${step},
            CASE WHEN s.piece = 0 THEN (SELECT low FROM range) ELSE ARRAY[${order.columns.map((column) => `b.${nameOf(column)}::text`).join(', ')}] END, s.n
     FROM summed s LEFT JOIN bound b USING (piece)`,
    [range.low, range.high],
  );
}

/** Works notes into the blocks of all orders, in one statement: notes and blocks are never seen half done. Answers how many keys. */
async function work(tx: Tx, list: List, anchored: Anchored): Promise<number> {
  const id = list.table.id;
  const parts = anchored.orders.map((order, index) => {
    const keys = keysOf(order);
    return `, bound${index} AS MATERIALIZED (
        SELECT place, low, ${order.columns.map((column, position) => `low[${position + 1}]::${column.getSQLType()} AS ${nameOf(column)}`).join(', ')}
        FROM kit.list_block WHERE tenant_id = kit.tenant() AND list = $1 AND sort = ${literal(order.sort)} AND facet = ''
      ), first${index} AS (SELECT min(place) AS place FROM bound${index}
      ), moved${index} AS (
        SELECT CASE WHEN grouping(facet) = 1 THEN '' ELSE facet END AS facet, place, sum(sign) AS n FROM (
          SELECT sign, nullif(facet, '') AS facet,
            coalesce(max(place) OVER (ORDER BY ${keys}, sign IS NOT NULL ROWS UNBOUNDED PRECEDING), (SELECT place FROM first${index})) AS place
          FROM (SELECT NULL::int AS sign, NULL::text AS facet, place, ${keys} FROM bound${index} WHERE low IS NOT NULL
                UNION ALL SELECT sign, facet, NULL, ${keys} FROM note) either
        ) placed WHERE sign IS NOT NULL GROUP BY GROUPING SETS ((facet, place), (place))
        HAVING sum(sign) <> 0 AND (grouping(facet) = 1 OR facet IS NOT NULL)
      ), kept${index} AS (
        INSERT INTO kit.list_block AS b (tenant_id, list, sort, facet, place, low, n)
        SELECT kit.tenant(), $1, ${literal(order.sort)}, m.facet, m.place, o.low, m.n FROM moved${index} m JOIN bound${index} o USING (place)
        ON CONFLICT (tenant_id, list, sort, facet, place) DO UPDATE SET n = b.n + excluded.n
      )`;
  });
  const [row] = await tx.query<{ n: string }>(
    `WITH gone AS (
       DELETE FROM kit.list_change WHERE id IN (
         SELECT id FROM (
           SELECT id, sum(cardinality(ids)) OVER (ORDER BY id) - cardinality(ids) AS before
           FROM kit.list_change WHERE tenant_id = kit.tenant() AND list = $1
         ) noted WHERE before < ${KEYS_AT_ONCE}
       ) RETURNING sign, ids, facets, keys
     ), note AS MATERIALIZED (${notes(anchored, id, 'gone')})${parts.join('')}
     SELECT count(*) AS n FROM note`,
    [anchored.key],
  );
  return Number(row?.n ?? 0);
}

/** Blocks that have grown to twice their size are counted into new ones. */
async function split(tx: Tx, list: List, anchored: Anchored, order: AnchoredOrder, blockRows: number): Promise<void> {
  const own = [anchored.key, order.sort];
  const grown = () =>
    tx.query<Range>(
      `SELECT low, place AS "from", high, next AS "to" FROM (
         SELECT low, place, n, lead(low) OVER w AS high, lead(place) OVER w AS next FROM kit.list_block
         WHERE tenant_id = kit.tenant() AND list = $1 AND sort = $2 AND facet = '' WINDOW w AS (ORDER BY place)
       ) block WHERE n > ${2 * blockRows}`,
      own,
    );
  let blocks = await grown();
  if (blocks.some(({ from, to }) => to !== null && to - from < CLOSEST_PLACES)) {
    await spread(tx, own);
    blocks = await grown();
  }
  for (const block of blocks) {
    await tx.query(
      'DELETE FROM kit.list_block WHERE tenant_id = kit.tenant() AND list = $1 AND sort = $2 AND place = $3',
      [...own, block.from],
    );
    await count(tx, list, anchored, order, block, blockRows);
  }
}

/** Places that are halved again and again come too close to each other: whole numbers again. Twice, because no two may be equal. */
async function spread(tx: Tx, own: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE kit.list_block b SET place = -ranked.rank FROM (
       SELECT place, row_number() OVER (ORDER BY place) AS rank FROM kit.list_block
       WHERE tenant_id = kit.tenant() AND list = $1 AND sort = $2 AND facet = ''
     ) ranked WHERE b.tenant_id = kit.tenant() AND b.list = $1 AND b.sort = $2 AND b.place = ranked.place`,
    own,
  );
  await tx.query(
    'UPDATE kit.list_block SET place = -place WHERE tenant_id = kit.tenant() AND list = $1 AND sort = $2 AND place < 0',
    own,
  );
}

interface Domain {
  readonly name: string;
  readonly lists: readonly List[];
}

/**
 * Counts lists that have begun to be watched and works in what was noted. Any number of processes may call it: one at a time does a
 * list. Answers whether there is more to do at once.
 */
export async function keepAnchors(
  database: Database,
  domains: readonly Domain[],
  blockRows = BLOCK_ROWS,
): Promise<boolean> {
  const lists = new Map(
    domains.flatMap(({ name, lists: all }) =>
      all.filter(isAnchored).map((list) => [anchoredOf(name, list).key, { domain: name, list }] as const),
    ),
  );
  const session = { tenantId: null, userId: null, requestId: 'anchors' };
  const due = await database.transaction({ ...session, domain: 'platform' }, (tx) =>
    tx.query<{ tenant_id: string; list: string }>(
      `SELECT tenant_id, list FROM kit.list_watch WHERE NOT counted UNION SELECT tenant_id, list FROM kit.list_change ORDER BY 1, 2`,
      [],
      'lists_to_count',
    ),
  );
  let more = false;
  for (const { tenant_id: tenantId, list: key } of due) {
    const found = lists.get(key);
    if (!found) continue;
    const { domain, list } = found;
    const done = await database.transaction({ ...session, domain, tenantId }, (tx) =>
      keep(tx, list, anchoredOf(domain, list), blockRows),
    );
    more ||= done;
  }
  return more;
}

async function keep(tx: Tx, list: List, anchored: Anchored, blockRows: number): Promise<boolean> {
  const [turn] = await tx.query<{ mine: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtext($1), hashtext($2)) AS mine',
    [anchored.key, tx.tenantId],
  );
  if (!turn?.mine) return false;
  await tx.allow(COUNT_TIMEOUT_MS);
  const [watch] = await tx.query<{ counted: boolean; begun: boolean; over: boolean | null }>(
    `SELECT counted, since IS NOT NULL AS begun, pg_snapshot_xmin(pg_current_snapshot()) >= since AS over
     FROM kit.list_watch WHERE tenant_id = kit.tenant() AND list = $1`,
    [anchored.key],
  );
  const own = 'WHERE tenant_id = kit.tenant() AND list = $1';
  if (!watch?.begun) {
    await tx.query(`UPDATE kit.list_watch SET since = pg_snapshot_xmax(pg_current_snapshot()) ${own}`, [anchored.key]);
    return false;
  }
  if (!watch.counted) {
    // Who began before the list was watched may be about to change it unnoticed.
    if (!watch.over) return false;
    for (const order of anchored.orders) {
      await count(tx, list, anchored, order, { low: null, high: null, from: 0, to: null }, blockRows);
    }
    await tx.query(`UPDATE kit.list_watch SET counted = true ${own}`, [anchored.key]);
    return true;
  }
  const worked = await work(tx, list, anchored);
  for (const order of anchored.orders) await split(tx, list, anchored, order, blockRows);
  return worked >= KEYS_AT_ONCE;
}

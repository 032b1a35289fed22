import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Ctx } from './context.ts';
import { standardError } from './errors.ts';
import { type FilterInput, filterCondition, type Operators } from './filter.ts';
import { isId } from './ids.ts';
import type { Keyset } from './keyset.ts';
import type { List, OrderInput, Owner } from './list.ts';
import { anchoredKeys, WATCHED_FROM } from './list-anchors.ts';
import type { Statements, Tx } from './tenant-db.ts';

export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly at?: number | null;
  readonly filter?: FilterInput | null;
  readonly orderBy?: readonly OrderInput[] | null;
}

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Called by the executor only when the field is selected. */
  totalCount(): Promise<number>;
}

const DEFAULT_PAGE = 50;
/** Entries of one page; the gateway refuses more before it plans anything. */
export const MAX_PAGE = 500;
const MAX_SORTS = 4;

/** What the arguments of a page come down to. */
interface Window {
  readonly keyset: Keyset;
  readonly size: number;
  readonly backwards: boolean;
  readonly offset: number;
  readonly filter: SQL | undefined;
  readonly cursor: SQL | undefined;
}

function windowOf(ctx: Ctx, list: List, args: ListArguments): Window {
  const { first, after, last, before, at } = args;
  const refuse = (code: string, params = {}) => standardError(code, ctx.locale, params);
  const backwards = last != null || (before != null && first == null);
  if (
    (backwards && (first != null || after != null || at != null)) ||
    (!backwards && before != null) ||
    (after != null && at != null)
  ) {
    throw refuse('INVALID_PAGING');
  }
  const size = (backwards ? last : first) ?? DEFAULT_PAGE;
  if (size < 1 || size > MAX_PAGE) throw refuse('PAGE_TOO_LARGE', { max: String(MAX_PAGE), found: String(size) });
  if (at != null && at < 0) throw refuse('INVALID_PAGING');
  if ((args.orderBy?.length ?? 0) > MAX_SORTS) throw refuse('FILTER_TOO_LARGE', { max: String(MAX_SORTS) });

  const keyset = list.keysetOf(args.orderBy);
  const given = backwards ? before : after;
  const values = given == null ? undefined : keyset.parseCursor(given);
  if (values === null) throw refuse('INVALID_CURSOR');
  return {
    keyset,
    size,
    backwards,
    offset: at ?? 0,
    filter: and(list.visible?.(ctx), filterCondition(list.filters, args.filter, ctx.locale)),
    cursor: values && keyset.beyond(values, backwards),
  };
}

/** A page of a list. */
export async function listPage(ctx: Ctx, list: List, args: ListArguments): Promise<Connection> {
  ctx.require(list.permission);
  const window = windowOf(ctx, list, args);
  const tx = await ctx.read();
  const start = window.offset >= FAR ? await rowAt(ctx, list, args, window) : undefined;
  const rows =
    start === null
      ? []
      : ((await tx.db
          .select()
          .from(list.table)
          .where(and(window.filter, window.cursor, start))
          .orderBy(...window.keyset.order(window.backwards))
          .limit(window.size + 1)
          .offset(start ? 0 : window.offset)) as Row[]);
  return connectionOf(rows, window, args, () => countOf(ctx, list, args.filter, window.filter));
}

/** From this row number on it pays to look for the row's keys first. */
const FAR = 1000;

/** Passing over so many keys is quicker than asking where the blocks of the list are. */
const NEAR = 4000;

/**
 * The condition from which on the page reads, for a row number far into the list; null behind its end. Long lists are counted in
 * blocks, see `list-anchors.ts`. Otherwise only the keys are passed over, which the index of the sort answers alone, and from the
 * end of the list that is nearer.
 */
async function rowAt(
  ctx: Ctx,
  list: List,
  args: ListArguments,
  { keyset, offset, filter }: Window,
): Promise<SQL | null> {
  const tx = await ctx.read();
  const total = await countOf(ctx, list, args.filter, filter);
  if (offset >= total) return null;
  const facet = countedFacet(list, args.filter, filter);
  const isFar = Math.min(offset, total - offset) > NEAR && total >= WATCHED_FROM / 2;
  const known =
    isFar && facet !== undefined
      ? await anchoredKeys(tx, ctx.domain, list, keyset, { offset, facet, filter })
      : undefined;
  if (known !== undefined) return known && keyset.from(known);
  const isNearEnd = offset > total / 2;
  const [row] = (await tx.db
    .select(Object.fromEntries(keyset.keys.map((key) => [key.property, key.column])))
    .from(list.table)
    .where(filter)
    .orderBy(...keyset.order(isNearEnd))
    .limit(1)
    .offset(isNearEnd ? total - 1 - offset : offset)) as Row[];
  return row ? keyset.from(keyset.keys.map((key) => row[key.property])) : null;
}

/** Pages of the same list for many owners (the invoices of each partner on a page), in one statement per shape of arguments. */
export function ownedPage(
  ctx: Ctx,
  list: List,
  { column: owner, permission }: Owner,
  ownerId: string,
  args: ListArguments,
): Promise<Connection> {
  ctx.require(permission);
  const window = windowOf(ctx, list, args);
  const shape = `${list.type}.${owner.name}:${JSON.stringify(args)}`;
  const pages = ctx.loader<string, Row[]>(shape, async (ownerIds) => {
    const tx = await ctx.read();
    const page = tx.db
      .select()
      .from(list.table)
      .where(and(sql`${owner} = owner.id`, window.filter, window.cursor))
      .orderBy(...window.keyset.order(window.backwards))
      .limit(window.size + 1)
      .offset(window.offset)
      .as('page');
    const rows = (await tx.db
      .select()
      .from(sql`unnest(${sql.param(ownerIds)}::uuid[]) with ordinality as owner(id, position)`)
      .crossJoinLateral(page)) as unknown as { page: Row }[];
    const property = propertyOf(list, owner);
    const found = new Map<unknown, Row[]>(ownerIds.map((id) => [id, []]));
    for (const row of rows) found.get(row.page[property])?.push(row.page);
    return found;
  });
  const counts = ctx.loader<string, number>(`${shape}#`, async (ownerIds) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select({ owner: sql<string>`${owner}`, n: sql<string>`count(*)` })
      .from(list.table)
      .where(and(inArray(owner, [...ownerIds]), window.filter))
      .groupBy(owner);
    return new Map(rows.map((row) => [row.owner, Number(row.n)]));
  });
  return pages
    .load(ownerId)
    .then((rows) => connectionOf(rows ?? [], window, args, async () => (await counts.load(ownerId)) ?? 0));
}

function propertyOf(list: List, column: PgColumn): string {
  const entry = Object.entries(list.table).find(([, value]) => value === column);
  if (!entry) throw new Error(`${list.type} has no column ${column.name}`);
  return entry[0];
}

function connectionOf(
  rows: readonly Row[],
  window: Window,
  args: ListArguments,
  totalCount: () => Promise<number>,
): Connection {
  const more = rows.length > window.size;
  const page = more ? rows.slice(0, window.size) : [...rows];
  if (window.backwards) page.reverse();
  const edges = page.map((node) => ({ cursor: window.keyset.cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: window.backwards ? args.before != null : more,
      hasPreviousPage: window.backwards ? more : args.after != null || (args.at ?? 0) > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/** Exact count: from the counters kept with the write where they answer it, else by counting. */
async function countOf(
  ctx: Ctx,
  list: List,
  filter: FilterInput | null | undefined,
  condition: SQL | undefined,
): Promise<number> {
  const tx = await ctx.read();
  const facet = countedFacet(list, filter, condition);
  if (facet !== undefined) {
    const name = `${ctx.domain}.${list.type}`;
    const [row] = await tx
      .countersOf(name)
      .query<{ n: string }>('SELECT n FROM kit.list_count WHERE list = $1 AND facet = $2', [name, facet], 'list_count');
    return Number(row?.n ?? 0);
  }
  const [row] = await tx.db.select({ n: sql<string>`count(*)` }).from(list.table).where(condition);
  return Number(row?.n ?? 0);
}

/** '' for the whole list, a counted value for a list of it alone; undefined when no counter knows. */
const countedFacet = (
  list: List,
  filter: FilterInput | null | undefined,
  condition: SQL | undefined,
): string | undefined => (condition === undefined ? '' : list.visible ? undefined : facetOf(list, filter));

/** The counted value when the filter asks for exactly that: `{ status: { eq: POSTED } }`. */
function facetOf(list: List, filter: FilterInput | null | undefined): string | undefined {
  const conditions = Object.entries(filter ?? {}).filter(([, value]) => value != null);
  const [only] = conditions;
  if (!only || conditions.length > 1 || only[0] !== list.countedBy) return undefined;
  const operators = Object.entries(only[1] as Operators).filter(([, value]) => value != null);
  return operators.length === 1 && operators[0]?.[0] === 'eq' ? String(operators[0][1]) : undefined;
}

/** One row by id through the loader of the call; undefined for unknown, foreign and malformed ids alike. */
export function loadNode(ctx: Ctx, list: List, nodeId: string): Promise<Row | undefined> {
  if (!isId(nodeId)) return Promise.resolve(undefined);
  return ctx
    .loader<string, Row>(`node ${list.type}`, async (ids) => {
      const tx = await ctx.read();
      const rows = (await byId(tx, ctx, list, ids)
        .db.select()
        .from(list.table)
        .where(and(list.visible?.(ctx), inArray(list.table.id, [...ids])))) as Row[];
      return new Map(rows.map((row) => [row.id, row]));
    })
    .load(nodeId.toLowerCase());
}

/** Rows that are read by their ids depend on no others; what a condition looks at besides is for the text to say. */
const byId = (tx: Tx, ctx: Ctx, list: List, ids: readonly string[]): Statements =>
  list.visible ? tx : tx.recordsOf(`${ctx.domain}.${list.type}`, ids);

/** The row if it meets the filter; for subscriptions. */
export async function nodeMatching(
  ctx: Ctx,
  list: List,
  nodeId: string,
  filter: FilterInput | null | undefined,
): Promise<Row | undefined> {
  const tx = await ctx.read();
  const condition = filterCondition(list.filters, filter, ctx.locale);
  const [row] = (await tx.db
    .select()
    .from(list.table)
    .where(and(list.visible?.(ctx), eq(list.table.id, nodeId), condition))
    .limit(1)) as Row[];
  return row;
}

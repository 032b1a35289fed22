import { getTableColumns, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Ctx } from './context.ts';
import type { FilterField } from './filter.ts';
import { Keyset, type SortKey } from './keyset.ts';
import { type Grouping, groupingsOf, type Sum } from './list-groups.ts';
import { constantCase } from './names.ts';
import type { Permission } from './permissions.ts';

/** A table that can be listed: tenant-scoped, with a UUIDv7 as its key. */
export type ListTable = PgTable & { id: PgColumn; tenantId: PgColumn };

export interface OrderInput {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

export interface ListOptions {
  /** GraphQL type of an entry: `SalesInvoice`. */
  readonly type: string;
  /** Query field of one entry (`salesInvoice`) and of the list (`salesInvoices`). */
  readonly field: string;
  readonly plural: string;
  /** One sentence for the schema: what an entry is and what the list holds. */
  readonly description: string;
  readonly table: ListTable;
  /** Needed to read it. */
  readonly permission: Permission;
  /** What may be filtered by, under the names of the GraphQL type. */
  readonly filters: Readonly<Record<string, FilterField>>;
  /** What may be sorted by: the name becomes `ISSUED_ON` in the order enum. Columns are NOT NULL and indexed with tenant and id. */
  readonly sorts: Readonly<Record<string, PgColumn>>;
  /** The order when none is given: documents newest first. */
  readonly defaultOrder: readonly { readonly by: string; readonly direction: 'ASC' | 'DESC' }[];
  /** Filter field whose values have counters of their own, so that a list by status knows its total at once. */
  readonly countedBy?: string;
  /** Filter fields that entries may be grouped and counted by; days are grouped by month, quarter and year. */
  readonly groups?: readonly string[];
  /** Figures that are added up: of each group, and of all that a filter matches. */
  readonly sums?: Readonly<Record<string, Sum>>;
  /** Columns that other domains may read at once, see `published.ts`. */
  readonly publishes?: Readonly<Record<string, PgColumn>>;
  /** No connection in the graph: the domain offers the record itself. Events, published state and the entity reference remain. */
  readonly unlisted?: boolean;
  /** Which rows of the company the caller may see, where that is not all: a condition that reads `app.user_id` or the caller's rights. */
  readonly visible?: (ctx: Ctx) => SQL;
  /** Entities of any domain that own entries: `{ BusinessPartner: customerId }` gives `BusinessPartner.salesInvoices`. */
  readonly ownedBy?: Readonly<Record<string, PgColumn | Owner>>;
  /** Lets other domains ask whether an entry is there and whether it may still be changed, see `standing.ts`. */
  readonly standing?: {
    /** Of the entry's own columns: true once it is sent, posted or otherwise out of hand. Holds no parameters. */
    readonly sealed: SQL;
  };
  /** Drafts that will be posted on a day of their own: books are not closed over them, see `unposted.ts`. */
  readonly unposted?: {
    readonly day: PgColumn;
    readonly name: PgColumn;
    /** Of the entry's own columns: true while it is a draft. Holds no parameters. */
    readonly when: SQL;
  };
}

/** An owner whose entries are read with another permission than the list. */
export interface Owner {
  readonly column: PgColumn;
  readonly permission: Permission;
}

/** What owns entries, with the permission that reads them there. */
export const ownersOf = (list: List): readonly (Owner & { readonly type: string })[] =>
  Object.entries(list.ownedBy ?? {}).map(([type, owner]) =>
    'permission' in owner ? { type, ...owner } : { type, column: owner, permission: list.permission },
  );

export interface List extends ListOptions {
  /** `ISSUED_ON` to `issuedOn`. */
  readonly sortNames: ReadonlyMap<string, string>;
  readonly groupings: readonly Grouping[];
  keysetOf(order: readonly OrderInput[] | null | undefined): Keyset;
}

type Order = ListOptions['defaultOrder'];

/**
 * An order that begins as the default order does, or as its reverse, goes on like it: entries of one day come by number whichever
 * way they were asked for, and one index serves both.
 */
function inFull(order: Order, whole: Order): Order {
  const agrees = (flipped: boolean) =>
    order.length < whole.length &&
    order.every(
      ({ by, direction }, index) => by === whole[index]?.by && (direction !== whole[index]?.direction) === flipped,
    );
  if (agrees(false)) return whole;
  return agrees(true)
    ? whole.map(({ by, direction }) => ({ by, direction: direction === 'ASC' ? 'DESC' : 'ASC' }))
    : order;
}

/**
 * The one description of a connection. From it come the SDL, the resolvers, paging, counts, events and the entity
 * resolver; see `list-sdl.ts` and `list-page.ts`.
 */
export function defineList(options: ListOptions): List {
  const columns = getTableColumns(options.table) as Record<string, PgColumn>;
  const propertyOf = new Map(Object.entries(columns).map(([property, column]) => [column, property]));
  const sortNames = new Map(Object.keys(options.sorts).map((name) => [constantCase(name), name]));
  const key = (name: string, descending: boolean): SortKey => {
    const column = options.sorts[name];
    const property = column && propertyOf.get(column);
    if (!column || !property) throw new Error(`${options.type} cannot be sorted by ${name}`);
    return { property, column, descending };
  };

  const keysets = new Map<string, Keyset>();
  return {
    ...options,
    sortNames,
    groupings: groupingsOf(options),
    keysetOf(order) {
      const wanted = order?.length
        ? inFull(
            order.map(({ field, direction }) => ({ by: sortNames.get(field) ?? field, direction })),
            options.defaultOrder,
          )
        : options.defaultOrder;
      const signature = wanted.map(({ by, direction }) => by + direction).join();
      let keyset = keysets.get(signature);
      if (!keyset) {
        const keys = wanted.map(({ by, direction }) => key(by, direction === 'DESC'));
        const last = keys.at(-1);
        keyset = new Keyset([
          ...keys,
          { property: 'id', column: options.table.id, descending: last?.descending ?? true },
        ]);
        if (keysets.size < 200) keysets.set(signature, keyset);
      }
      return keyset;
    },
  };
}

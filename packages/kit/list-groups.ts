import { and, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Ctx } from './context.ts';
import { standardError } from './errors.ts';
import { type FilterInput, filterCondition } from './filter.ts';
import type { List } from './list.ts';
import { constantCase } from './names.ts';

/** A figure that a list adds up: of each group, and of everything that a filter matches. */
export interface Sum {
  readonly of: PgColumn | SQL;
  /** `Money` in the company's currency, or a plain `Decimal` such as a quantity. */
  readonly type: 'Money' | 'Decimal';
  /** Entries that count against the others, where both are added up: debts against claims. Among themselves they are a plain sum. */
  readonly against?: SQL;
}

export const sumOfMoney = (of: PgColumn | SQL, against?: SQL): Sum => ({ of, type: 'Money', against });
export const sumOfQuantity = (of: PgColumn | SQL): Sum => ({ of, type: 'Decimal' });

/** One way to group a list: by the values of a filter field, or by the months, quarters or years of a day. */
export interface Grouping {
  /** Value of the enum in the graph: `STATUS`, `ISSUED_ON_MONTH`. */
  readonly name: string;
  readonly description: string;
  readonly key: SQL;
  /** Field whose values have counters of their own. */
  readonly counted: boolean;
}

const spans = { MONTH: 'YYYY-MM', QUARTER: 'YYYY"-Q"Q', YEAR: 'YYYY' } as const;

/** Every way to group a list, from the filter fields that it names. */
export function groupingsOf(
  list: Pick<List, 'type' | 'groups' | 'filters' | 'countedBy' | 'visible'>,
): readonly Grouping[] {
  return (list.groups ?? []).flatMap((field): Grouping[] => {
    const filter = list.filters[field];
    if (!filter || filter.within) throw new Error(`${list.type} cannot be grouped by ${field}`);
    const { column } = filter;
    const name = constantCase(field);
    if (filter.filter === 'DateFilter') {
      return Object.entries(spans).map(([span, pattern]) => ({
        name: `${name}_${span}`,
        description: `By the ${span.toLowerCase()} of ${field}; keys look like ${{ MONTH: '2011-12', QUARTER: '2011-Q4', YEAR: '2011' }[span]}.`,
        key: sql`to_char(${column}, ${sql.raw(`'${pattern}'`)})`,
        counted: false,
      }));
    }
    const isSet = filter.filter.endsWith('SetFilter');
    return [
      {
        name,
        description: isSet ? `By each value in ${field}; an entry with several is in several groups.` : `By ${field}.`,
        key: isSet ? sql`unnest(${column})` : sql`${column}::text`,
        counted: field === list.countedBy && !list.visible,
      },
    ];
  });
}

export interface GroupsArguments {
  readonly by?: string | null;
  readonly filter?: FilterInput | null;
  readonly order?: 'KEY_ASC' | 'KEY_DESC' | 'COUNT_DESC' | null;
  readonly first?: number | null;
  readonly at?: number | null;
}

type Sums = Readonly<Record<string, string | { readonly amount: string; readonly currency: string }>>;

export interface GroupsPage {
  readonly groups: readonly { readonly key: string | null; readonly count: number; sums(): Promise<Sums> }[];
  /** Called by the executor only when the field is selected. */
  total(): Promise<number>;
}

const DEFAULT_GROUPS = 100;
const MAX_GROUPS = 500;

const orders = {
  KEY_ASC: sql`key asc nulls last`,
  KEY_DESC: sql`key desc nulls last`,
  COUNT_DESC: sql`entries desc, key asc nulls last`,
} as const;

interface GroupRow extends Record<string, unknown> {
  readonly key: string | null;
  readonly entries: number;
}

/** The entries that a filter matches, counted and added up by what they have in common; as one group without `by`. */
export async function groupsPage(ctx: Ctx, list: List, args: GroupsArguments): Promise<GroupsPage> {
  ctx.require(list.permission);
  const size = args.first ?? DEFAULT_GROUPS;
  const at = args.at ?? 0;
  if (size < 1 || size > MAX_GROUPS)
    throw standardError('PAGE_TOO_LARGE', ctx.locale, { max: String(MAX_GROUPS), found: String(size) });
  if (at < 0) throw standardError('INVALID_PAGING', ctx.locale);

  const grouping = args.by == null ? undefined : list.groupings.find(({ name }) => name === args.by);
  const where = and(list.visible?.(ctx), filterCondition(list.filters, args.filter, ctx.locale)) ?? sql`true`;
  const key = grouping?.key ?? sql`null::text`;
  // Without a group by, a set without entries is still one group.
  const groupBy = grouping ? sql`group by 1` : sql``;
  const page = sql`order by ${orders[args.order ?? 'KEY_ASC']} limit ${size} offset ${at}`;
  const grouped = (figures: SQL) =>
    sql`select ${key} as key, count(*)::int as entries${figures} from ${list.table} where ${where} ${groupBy}`;

  const hasCounters = grouping?.counted && args.filter == null;
  const counts = hasCounters
    ? sql`select facet as key, n::int as entries from kit.list_count
          where list = ${`${ctx.domain}.${list.type}`} and facet <> '' and n > 0`
    : grouped(sql``);
  const rows = await rowsOf(ctx, list, sql`select * from (${counts}) as groups ${page}`);

  let sums: Promise<ReadonlyMap<string | null, Sums>> | undefined;
  const addUp = async () => {
    const figures = Object.entries(list.sums ?? {}).map(
      ([name, sum]) =>
        sql`, coalesce(${added(sum)}, 0)${sql.raw(sum.type === 'Money' ? '::numeric(19, 2)' : '')}::text as ${sql.identifier(sumColumn(name))}`,
    );
    const found = await rowsOf(ctx, list, sql`select * from (${grouped(sql.join(figures, sql``))}) as groups ${page}`);
    return new Map(found.map((row) => [row.key, sumsOf(list, row)]));
  };
  const none = sumsOf(list, { key: null, entries: 0 });
  return {
    groups: rows.map((row) => ({
      key: row.key,
      count: row.entries,
      async sums() {
        sums ??= addUp();
        return (await sums).get(row.key) ?? none;
      },
    })),
    async total() {
      if (at === 0 && rows.length < size) return rows.length;
      const [row] = await rowsOf(
        ctx,
        list,
        sql`select null as key, count(*)::int as entries from (${counts}) as groups`,
      );
      return row?.entries ?? 0;
    },
  };
}

const added = ({ of, against }: Sum): SQL =>
  against
    ? sql`case when bool_and(${against}) then sum(${of}) else sum(case when ${against} then -${of} else ${of} end) end`
    : sql`sum(${of})`;

/** Apart from `key` and `entries`, whatever a figure is called. */
const sumColumn = (name: string) => `sum_${name}`;

async function rowsOf(ctx: Ctx, list: List, statement: SQL): Promise<readonly GroupRow[]> {
  const tx = await ctx.read();
  return (await tx.countersOf(`${ctx.domain}.${list.type}`).db.execute<GroupRow>(statement)).rows;
}

function sumsOf(list: List, row: GroupRow): Sums {
  return Object.fromEntries(
    Object.entries(list.sums ?? {}).map(([name, { type }]) => {
      const value = String(row[sumColumn(name)] ?? (type === 'Money' ? '0.00' : '0'));
      return [name, type === 'Money' ? { amount: value, currency: 'EUR' } : value];
    }),
  );
}

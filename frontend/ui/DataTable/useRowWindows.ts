'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { request } from '#graphql/client.ts';
import { GraphFault } from '#graphql/operation.ts';
import { cameBack } from '#shell/traversal.ts';
import type { ListDefinition, ListOperation, Row } from './definition.ts';
import type { GroupWay } from './group-ways.ts';
import type { groupedList as GroupedList } from './grouped-list.ts';
import type { ListVariables } from './state.ts';
import { type FetchWindow, type ListRows, RowWindows, windowSize } from './windows.ts';

export interface InitialRows {
  /** The variables these rows answer, as JSON. */
  readonly key: string;
  /** The rows as JSON: a text passes from the server to the page in one piece, objects are looked at value by value. */
  readonly rows: string;
  readonly total: number;
  /** How many of them the server draws: a screenful, for the first paint waits for each. */
  readonly drawn: number;
  /** The server draws them for a phone, as cards. */
  readonly cards: boolean;
}

/** Makes the way to fetch windows of a list; samples bring their own. */
export type WindowsOf = (definition: ListDefinition, variables: ListVariables) => FetchWindow;

const listsKeptMax = 12;
const kept = new Map<string, { windows: ListRows; initial: InitialRows | null }>();

export const fetchWindowOf: WindowsOf = (definition, variables) => {
  return async ({ at, first, rows, count }, signal) => {
    const data = await request<Record<string, unknown>, object>(
      definition.operation as never,
      { first, at, rows, count, filter: variables.filter, orderBy: variables.orderBy },
      signal,
    );
    const connection = data[definition.connection] as {
      edges?: readonly { node: Row }[];
      totalCount?: number | null;
    } | null;
    // The domain is down: rows that did not come are no empty list.
    if (!connection) throw new GraphFault('NO_ANSWER', 'The list did not come.', null, true);
    return { rows: connection.edges?.map((edge) => edge.node) ?? [], total: connection.totalCount ?? null };
  };
};

/** Asks for the groups of a list, or with `by` left out for its sums as one group. */
export async function fetchGroups(
  definition: ListDefinition,
  variables: {
    readonly by?: string;
    readonly filter: object | null;
    readonly order?: 'KEY_ASC' | 'KEY_DESC' | 'COUNT_DESC';
    readonly first: number;
    readonly at?: number;
    readonly sums: boolean;
  },
  signal?: AbortSignal,
) {
  const { operation, sums } = definition.groups as { operation: ListOperation; sums: readonly string[] };
  const { sums: wantsSums, ...asked } = variables;
  const data = await request<{ groups: { groups: readonly GroupAnswer[]; total: number } | null }, object>(
    operation as never,
    { order: 'KEY_ASC', at: 0, ...asked, ...(sums.length > 0 && { sums: wantsSums }) },
    signal,
  );
  return data.groups ?? { groups: [], total: 0 };
}

export interface GroupAnswer {
  readonly key: string | null;
  readonly count: number;
  readonly sums?: Readonly<Record<string, unknown>> | null;
}

/** What the rows are kept in: windows of the list, or the groups that it falls into. The code for groups comes with the first. */
function keptRows(name: string, own: InitialRows | null, make: () => ListRows): ListRows {
  const known = kept.get(name);
  // Whoever comes back finds the list as it was left, whatever the page brings along now.
  if (known && (own === null || known.initial === own || cameBack())) return known.windows;
  const fresh = make();
  if (typeof window !== 'undefined') {
    kept.delete(name);
    kept.set(name, { windows: fresh, initial: own });
    for (const oldest of kept.keys()) {
      if (kept.size <= listsKeptMax) break;
      kept.delete(oldest);
    }
  }
  return fresh;
}

/**
 * The rows of a list as it is filtered, ordered and grouped now. Lists that were looked at before are shown at once, as
 * they were; rows that the server sent with the page are taken over.
 */
export function useRowWindows(
  definition: ListDefinition,
  variables: ListVariables,
  initial: InitialRows,
  ways: readonly GroupWay[],
  windowsOf: WindowsOf = fetchWindowOf,
): ListRows {
  const key = JSON.stringify(variables);
  const [{ groupedList }, setGrouped] = useState<{ readonly groupedList: typeof GroupedList | null }>({
    groupedList: null,
  });
  const waysKey = ways.map(({ name }) => name).join();
  const rows = useMemo(() => {
    const name = `${definition.connection} ${JSON.stringify(definition.base ?? null)} ${waysKey} ${key}`;
    const own = initial.key === key ? initial : null;
    if (ways.length === 0)
      return keptRows(name, own, () => {
        const known = own && { rows: JSON.parse(own.rows) as Row[], total: own.total };
        return new RowWindows(windowsOf(definition, variables), known ?? undefined);
      });
    // Nothing to show before the code for groups is there; when it does not come, the list says so and asks again.
    if (!groupedList) {
      return new RowWindows(async () => {
        setGrouped(await loadGrouped());
        return new Promise(() => undefined);
      });
    }
    return keptRows(name, null, () => groupedList(definition, variables, ways, windowsOf));
    // The key stands for the variables.
  }, [key, initial, definition.connection, waysKey, groupedList]);

  const known = () => `${rows.total} ${rows.total < 0 && rows.reachable} ${rows.fault !== null}`;
  useSyncExternalStore(rows.subscribe, known, known);

  useEffect(() => {
    rows.count();
    if (cameBack()) rows.refresh();
    if (!rows.row(0)) rows.show(0, windowSize - 1, false);
  }, [rows]);

  return rows;
}

/** The heads come along, so that none waits for how it is drawn. */
async function loadGrouped() {
  const [{ groupedList }] = await Promise.all([import('./grouped-list.ts'), import('./GroupRow.tsx')]);
  return { groupedList };
}

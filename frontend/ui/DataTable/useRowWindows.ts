'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { request } from '#graphql/client.ts';
import type { ListDefinition, Row } from './definition.ts';
import type { ListVariables } from './state.ts';
import { type FetchWindow, RowWindows, windowSize } from './windows.ts';

export interface InitialRows {
  /** The variables these rows answer, as JSON. */
  readonly key: string;
  readonly rows: readonly Row[];
  readonly total: number;
}

const listsKeptMax = 12;
const kept = new Map<string, { windows: RowWindows; initial: InitialRows | null }>();

export function fetchWindowOf(definition: ListDefinition, variables: ListVariables): FetchWindow {
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
    return { rows: connection?.edges?.map((edge) => edge.node) ?? [], total: connection?.totalCount ?? null };
  };
}

/**
 * The rows of a list as it is filtered and ordered now. Lists that were looked at before are shown at once, as they
 * were; rows that the server sent with the page are taken over.
 */
export function useRowWindows(definition: ListDefinition, variables: ListVariables, initial: InitialRows): RowWindows {
  const key = JSON.stringify(variables);
  const windows = useMemo(() => {
    const own = initial.key === key ? initial : null;
    const name = `${definition.connection} ${JSON.stringify(definition.base ?? null)} ${key}`;
    const known = kept.get(name);
    if (known && (own === null || known.initial === own)) return known.windows;
    const fresh = new RowWindows(fetchWindowOf(definition, variables), own ?? undefined);
    if (typeof window !== 'undefined') {
      kept.delete(name);
      kept.set(name, { windows: fresh, initial: own });
      for (const oldest of kept.keys()) {
        if (kept.size <= listsKeptMax) break;
        kept.delete(oldest);
      }
    }
    return fresh;
    // The key stands for the variables.
  }, [key, initial, definition.connection]);

  useSyncExternalStore(
    windows.subscribe,
    () => windows.version,
    () => 0,
  );

  useEffect(() => {
    windows.count();
    if (!windows.row(0)) windows.show(0, windowSize - 1, false);
  }, [windows]);

  return windows;
}

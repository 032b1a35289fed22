'use client';

import { useEffect } from 'react';
import { listenWhileVisible, subscribe } from '#graphql/client.ts';
import type { ListDefinition } from './definition.ts';
import type { ListVariables } from './state.ts';
import type { ListRows } from './windows.ts';

const gatherMs = 800;

/** Shows changes that others make, while the page is looked at; many at once are one fetch. */
export function useLiveRows(
  definition: ListDefinition,
  variables: ListVariables,
  rows: ListRows,
  onChange: (count: (now: number) => number) => void,
): void {
  const { live } = definition;
  const filter = JSON.stringify(variables.filter);
  useEffect(() => {
    if (!live) return;
    let due: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      due ??= setTimeout(() => {
        due = undefined;
        rows.refresh();
        onChange((now) => now + 1);
      }, gatherMs);
    };
    const stop = listenWhileVisible(() => subscribe(live as never, { filter: JSON.parse(filter) } as never, refresh));
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [live, filter, rows, onChange]);
}

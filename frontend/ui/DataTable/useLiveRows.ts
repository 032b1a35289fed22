'use client';

import { useEffect } from 'react';
import { listenLater, subscribe } from '#graphql/client.ts';
import type { ListDefinition } from './definition.ts';
import type { ListVariables } from './state.ts';
import type { RowWindows } from './windows.ts';

const gatherMs = 800;

/** Shows changes that others make, while the page is looked at; many at once are one fetch. */
export function useLiveRows(definition: ListDefinition, variables: ListVariables, windows: RowWindows): void {
  const { live } = definition;
  const filter = JSON.stringify(variables.filter);
  useEffect(() => {
    if (!live) return;
    let stop = () => {};
    let due: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      due ??= setTimeout(() => {
        due = undefined;
        windows.refresh();
      }, gatherMs);
    };
    const listen = () => {
      stop();
      if (document.visibilityState !== 'visible') return;
      stop = listenLater(() => subscribe(live as never, { filter: JSON.parse(filter) } as never, refresh));
    };
    listen();
    document.addEventListener('visibilitychange', listen);
    return () => {
      document.removeEventListener('visibilitychange', listen);
      clearTimeout(due);
      stop();
    };
  }, [live, filter, windows]);
}

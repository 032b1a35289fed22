'use client';

import { useCallback, useEffect, useRef } from 'react';
import { listenWhileVisible, subscribe } from '#graphql/client.ts';
import type { ListDefinition } from './definition.ts';
import type { ListVariables } from './state.ts';
import type { ListRows } from './windows.ts';

const gatherMs = 800;

/**
 * Shows changes that others make, while the page is looked at; many at once are one fetch. Rows do not move while one is `held`. What
 * nobody told, since the page was made or while it was not looked at, is asked for whenever listening begins.
 */
export function useLiveRows(
  definition: ListDefinition,
  variables: ListVariables,
  rows: ListRows,
  held: boolean,
  onChange: (count: (now: number) => number) => void,
): void {
  const { live } = definition;
  const filter = JSON.stringify(variables.filter);
  const wait = useRef({ held, missed: false });
  wait.current.held = held;
  const refresh = useCallback(() => {
    wait.current.missed = wait.current.held;
    if (wait.current.held) return;
    rows.refresh();
    onChange((now) => now + 1);
  }, [rows, onChange]);
  useEffect(() => {
    if (!held && wait.current.missed) refresh();
  }, [held, refresh]);
  useEffect(() => {
    if (!live) return;
    let due: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      due ??= setTimeout(() => {
        due = undefined;
        refresh();
      }, gatherMs);
    };
    const stop = listenWhileVisible(() => {
      soon();
      return subscribe(live as never, { filter: JSON.parse(filter) } as never, soon);
    });
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [live, filter, refresh]);
}

'use client';

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import type { CellEdits, Conflict } from './cell-edits.ts';
import type { ListDefinition } from './definition.ts';
import type { ListRows } from './windows.ts';

type Faults = ReadonlyMap<string, Readonly<Record<string, string>>>;
const none: Faults = new Map();

/** Changes of cells in place. The code that makes them comes with the first one. */
export function useCellEdits(definition: ListDefinition, rows: ListRows) {
  const language = useLanguage();
  const [edits, setEdits] = useState<CellEdits | null>(null);
  const latest = useRef({ definition, rows, language });
  latest.current = { definition, rows, language };

  const load = useCallback(async (): Promise<CellEdits> => {
    const { CellEdits } = await import('./cell-edits.ts');
    const { definition, rows, language } = latest.current;
    const made = new CellEdits(definition, rows, language);
    setEdits((now) => now ?? made);
    return made;
  }, []);

  // Other rows are other cells, which have no edits yet.
  useEffect(() => setEdits(null), [rows]);

  const subscribe = useCallback((listener: () => void) => edits?.subscribe(listener) ?? (() => undefined), [edits]);
  useSyncExternalStore(
    subscribe,
    () => edits?.version ?? 0,
    () => 0,
  );

  return {
    faults: (edits?.faults ?? none) as Faults,
    conflict: (edits?.conflict ?? null) as Conflict | null,
    /** The edits, loaded when they are not there yet. */
    ready: useCallback(async () => edits ?? load(), [edits, load]),
    current: edits,
  } as const;
}

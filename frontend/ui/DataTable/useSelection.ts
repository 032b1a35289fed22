'use client';

import { useCallback, useRef, useState } from 'react';
import type { Row } from './definition.ts';

export interface Selection {
  /** Everything that matches, also what has never been loaded. */
  readonly all: boolean;
  /** The chosen rows by their id; with `all`, those that are not chosen. */
  readonly rows: ReadonlyMap<string, Row>;
}

const nothing: Selection = { all: false, rows: new Map() };

export const isChosen = ({ all, rows }: Selection, id: string): boolean => rows.has(id) !== all;

export const chosenCount = ({ all, rows }: Selection, total: number): number =>
  all ? Math.max(0, total - rows.size) : rows.size;

/** Rows chosen for an action. Choosing everything keeps a flag, not a list of a million ids. */
export function useSelection(before: Selection = nothing) {
  const [selection, setSelection] = useState(before);
  const last = useRef<number | null>(null);

  const clear = useCallback(() => {
    last.current = null;
    setSelection(nothing);
  }, []);

  /** Chooses a row or lets it go; with `extend`, all rows from the one before to this one. */
  const toggle = useCallback((index: number, rowAt: (index: number) => Row | undefined, extend = false) => {
    const from = extend && last.current !== null ? last.current : index;
    last.current = index;
    setSelection(({ all, rows }) => {
      const next = new Map(rows);
      for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
        const row = rowAt(at);
        if (!row) continue;
        if (from !== index) {
          if (all) next.delete(row.id);
          else next.set(row.id, row);
        } else if (!next.delete(row.id)) next.set(row.id, row);
      }
      return { all, rows: next };
    });
  }, []);

  const selectAll = useCallback(() => setSelection({ all: true, rows: new Map() }), []);
  return { selection, toggle, clear, selectAll } as const;
}

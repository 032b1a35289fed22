'use client';

import { useCallback, useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Everything that matches, also what has never been loaded. */
  readonly all: boolean;
}

const nothing: Selection = { ids: new Set(), all: false };

/** Rows chosen for an action. Choosing everything keeps a flag, not a list of a million ids. */
export function useSelection() {
  const [selection, setSelection] = useState<Selection>(nothing);
  const clear = useCallback(() => setSelection(nothing), []);
  const toggle = useCallback((id: string) => {
    setSelection((now) => {
      const ids = new Set(now.all ? [] : now.ids);
      if (!ids.delete(id)) ids.add(id);
      return { ids, all: false };
    });
  }, []);
  const selectAll = useCallback(() => setSelection({ ids: new Set(), all: true }), []);
  return { selection, toggle, clear, selectAll } as const;
}

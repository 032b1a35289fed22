'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import type { ListDefinition } from './definition.ts';
import { type ListState, parseState, writeState } from './state.ts';

/**
 * The state of a list, read from the URL and written to it. A change makes an entry in the history, so that going back
 * undoes it; `replace` is for changes that follow each other, such as typing.
 */
export function useListState(definition: ListDefinition) {
  const params = useSearchParams();
  const path = usePathname();
  const state = useMemo(() => parseState(new URLSearchParams(params), definition), [params, definition]);
  const change = useCallback(
    (patch: Partial<ListState>, replace = false) => {
      const query = writeState({ ...state, ...patch });
      const url = query ? `${path}?${query}` : path;
      if (replace) window.history.replaceState(null, '', url);
      else window.history.pushState(null, '', url);
    },
    [state, path],
  );
  return { state, change } as const;
}

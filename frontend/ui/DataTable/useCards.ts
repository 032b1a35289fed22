'use client';

import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 639px)';

function follow(changed: () => void): () => void {
  const query = globalThis.matchMedia?.(narrow);
  query?.addEventListener('change', changed);
  return () => query?.removeEventListener('change', changed);
}

/** Whether rows are cards, as on a phone. Until the browser can tell, they are what the server drew. */
export function useCards(drawnAsCards: boolean): boolean {
  return useSyncExternalStore(
    follow,
    () => globalThis.matchMedia?.(narrow).matches ?? drawnAsCards,
    () => drawnAsCards,
  );
}

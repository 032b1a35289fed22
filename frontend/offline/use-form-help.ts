import { useEffect, useState } from 'react';
import { pageOwner } from './session.ts';
import type { EditedRecord } from './use-editing.ts';

const settledAfterMs = 3000;

/**
 * Whether a form wants its help by now: once something was typed, at once when it goes on with something from the outbox,
 * and a while after opening a record, to see who else is there. Before signing in there is nothing to help with.
 */
export function useFormHelp(changed: boolean, record: EditedRecord | null): boolean {
  const [wanted, setWanted] = useState(false);
  const keeps = record !== null;
  useEffect(() => {
    if (!pageOwner()) return;
    const isLinked = keeps && new URLSearchParams(location.search).has('outbox');
    if (changed || isLinked) return setWanted(true);
    if (!keeps) return;
    const timer = setTimeout(setWanted, settledAfterMs, true);
    return () => clearTimeout(timer);
  }, [changed, keeps]);

  // Until the help is there, closing the tab is asked about all the same.
  useEffect(() => {
    if (!changed || wanted) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [changed, wanted]);
  return wanted;
}

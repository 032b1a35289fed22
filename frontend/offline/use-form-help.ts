import { useEffect, useState } from 'react';
import { pageOwner } from './session.ts';
import type { EditedRecord } from './use-editing.ts';
import { type LeaveGuard, useLeaveGuard } from './use-leave-guard.ts';

const settledAfterMs = 3000;

/**
 * Whether a form wants its help by now: once something was typed, at once when it goes on with something from the outbox,
 * and a while after opening a record, to see who else is there. Before signing in there is nothing to help with. What guards against
 * leaving does not wait for it.
 */
export function useFormHelp(changed: boolean, record: EditedRecord | null): { helped: boolean; guard: LeaveGuard } {
  const [helped, setHelped] = useState(false);
  const guard = useLeaveGuard(changed);
  const keeps = record !== null;
  useEffect(() => {
    if (!pageOwner()) return;
    const isLinked = keeps && new URLSearchParams(location.search).has('outbox');
    if (changed || isLinked) return setHelped(true);
    if (!keeps) return;
    const timer = setTimeout(setHelped, settledAfterMs, true);
    return () => clearTimeout(timer);
  }, [changed, keeps]);
  return { helped, guard };
}

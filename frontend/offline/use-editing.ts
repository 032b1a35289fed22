'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { baseBefore, type Conflict, merge, same, withValue } from './merge.ts';

/** Which record a form changes, and in which version it was read. */
export interface EditedRecord {
  readonly form: string;
  readonly recordId: string | null;
  readonly version: number | null;
}

/** A form as it was left somewhere: in a draft, or in the outbox. */
export interface LeftForm<Values> {
  readonly values: Values;
  readonly base: Values | null;
  readonly version: number | null;
}

/** The values of a form, for those who need not know what they are. */
export interface Editing {
  readonly values: object;
  readonly changed: boolean;
  readonly base: { readonly values: object; readonly version: number | null };
  readonly conflicts: readonly Conflict[];
  readonly taken: readonly string[];
  choose(path: string, value: unknown): void;
  restore(left: LeftForm<object>): void;
}

/**
 * The values of a form. When the record arrives in a newer version while it is being changed, both are merged: what only one
 * side changed is taken, what both changed waits in `conflicts` for a choice.
 */
export function useEditing<Values extends object>(record: EditedRecord, initial: Values) {
  const [values, setValues] = useState(initial);
  const [base, setBase] = useState({ values: initial, version: record.version });
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const latest = useRef({ values, base, initial, conflicts });
  latest.current = { values, base, initial, conflicts };
  const changed = useMemo(() => values !== base.values && !same(values, base.values), [values, base]);

  const take = useCallback((from: Values, mine: Values, theirs: Values) => {
    const merged = merge(from, mine, theirs);
    setValues(merged.values);
    setConflicts(merged.conflicts);
    setTaken(merged.taken);
  }, []);

  useEffect(() => {
    const now = latest.current;
    if (record.version === now.base.version) return;
    setBase({ values: now.initial, version: record.version });
    take(baseBefore(now.base.values, now.conflicts), now.values, now.initial);
  }, [record.version, take]);

  /** Goes on with what was left, on top of what stands now; without a base all of it counts as typed. */
  const restore = useCallback(
    (left: LeftForm<Values>) => {
      const { base: standing } = latest.current;
      take(left.base ?? standing.values, { ...standing.values, ...left.values }, standing.values);
    },
    [take],
  );
  const choose = useCallback((path: string, value: unknown) => {
    setValues((now) => withValue(now, path, value));
    setConflicts((now) => now.filter((each) => each.path !== path));
  }, []);

  return { values, setValues, changed, base, conflicts, choose, taken, restore } as const;
}

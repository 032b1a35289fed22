import { newIdempotencyKey, request } from '#graphql/client.ts';
import { GraphFault } from '#graphql/operation.ts';
import { type BulkAction, type ListDefinition, type Row, valueAt } from './definition.ts';
import { allOf, type ListVariables } from './state.ts';
import type { WindowsOf } from './useRowWindows.ts';
import type { Selection } from './useSelection.ts';

/** The graph gives at most 500 rows at once. */
const windowRows = 500;
/** Writes on the way at the same time. */
const lanes = 4;

export interface Failure {
  readonly row: Row;
  readonly message: string;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly failures: readonly Failure[];
}

/** Whether an action can be done to an entry. */
export function suits({ when }: BulkAction, row: Row): boolean {
  return !when || when.in.includes(valueAt(row, when.path) as string | boolean);
}

/** The chosen rows that an action can be done to. All that match are read before the first is changed, since a change may end the match. */
export async function rowsFor(
  action: BulkAction,
  selection: Selection,
  definition: ListDefinition,
  variables: ListVariables,
  windowsOf: WindowsOf,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  if (!selection.all) return [...selection.rows.values()].filter((row) => suits(action, row));
  const filters = [variables.filter, action.when?.filter].filter((filter) => filter != null);
  const fetchWindow = windowsOf(definition, { ...variables, filter: allOf(filters) });
  const found: Row[] = [];
  for (let at = 0; ; at += windowRows) {
    const { rows } = await fetchWindow({ at, first: windowRows, rows: true, count: false }, signal);
    found.push(...rows.filter((row) => !selection.rows.has(row.id)));
    if (rows.length < windowRows) return found;
  }
}

/** Does an action to rows, a few at a time, and tells how it goes. What fails is kept with its reason; the rest goes on. */
export async function runBulk(
  action: BulkAction,
  rows: readonly Row[],
  extra: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<Progress> {
  const failures: Failure[] = [];
  let next = 0;
  let done = 0;
  const progress = (): Progress => ({ done, total: rows.length, failures: [...failures] });
  const lane = async () => {
    while (next < rows.length && !signal.aborted) {
      const row = rows[next++] as Row;
      const message = await doOne(action, row, extra);
      if (message !== null) failures.push({ row, message });
      done += 1;
      tell(progress());
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return progress();
}

/** The entries as they stand now: what failed because somebody else was first can be tried again on what they made of it. */
export async function readAgain(definition: ListDefinition, rows: readonly Row[]): Promise<readonly Row[]> {
  const { edit } = definition;
  if (!edit) return rows;
  return Promise.all(
    rows.map(async (row) => {
      const data = await request<Record<string, Row | null>, object>(edit.read as never, { id: row.id }).catch(
        () => ({}),
      );
      return { ...row, ...Object.values(data)[0] };
    }),
  );
}

/** A write whose answer was lost is asked for again under its key, and done once. */
const keys = new WeakMap<Row, string>();

/** Why it failed; null when it is done. */
async function doOne(action: BulkAction, row: Row, extra: Readonly<Record<string, unknown>>): Promise<string | null> {
  const idempotencyKey = keys.get(row) ?? newIdempotencyKey();
  keys.set(row, idempotencyKey);
  const input = {
    id: row.id,
    ...(action.versioned && { version: row.version }),
    ...inputOf(action),
    ...extra,
    ...(action.operation.keyed && { idempotencyKey }),
  };
  try {
    const data = await request<Record<string, { error: { message: string } | null } | null>, object>(
      action.operation as never,
      { input },
    );
    keys.delete(row);
    return Object.values(data)[0]?.error?.message ?? null;
  } catch (error) {
    return error instanceof GraphFault ? error.message : String(error);
  }
}

function inputOf({ input = {} }: BulkAction): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, value === '{now}' ? new Date().toISOString() : value]),
  );
}

import { isDeepStrictEqual } from 'node:util';
import { type Failure, type FieldFault, fail } from './result.ts';

/**
 * A stale edit. Tells both values of each field that the caller wants otherwise than it stands now, so
 * that a form can show what somebody else has changed.
 */
export function conflict(
  wanted: { readonly version: number },
  current: { readonly version: number },
): Failure<'CONFLICT'> {
  const stands = current as Readonly<Record<string, unknown>>;
  const fields = Object.entries(wanted).flatMap(([path, value]): FieldFault[] =>
    value === undefined || !(path in stands) || path === 'version' || same(value, stands[path])
      ? []
      : [{ path, code: 'CHANGED_MEANWHILE', params: { expected: shown(value), actual: shown(stands[path]) } }],
  );
  return fail('CONFLICT', { fields });
}

const same = (one: unknown, other: unknown) => isDeepStrictEqual(one ?? null, other ?? null);

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

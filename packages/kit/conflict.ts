import { isDeepStrictEqual } from 'node:util';
import { trimDecimal } from '@valeo/money/decimal.ts';
import { type Failure, type FieldFault, fail } from './result.ts';

interface ConflictOptions {
  /** Fields whose values are decimals: 12.5 is the same as 12.50. */
  readonly decimals?: readonly string[];
  /** Null leaves a field as it is, as if it were absent. */
  readonly nullKeeps?: boolean;
}

/**
 * A stale edit. Tells both values of each field that the caller wants otherwise than it stands now, so
 * that a form can show what somebody else has changed.
 */
export function conflict(
  wanted: { readonly version: number },
  current: { readonly version: number },
  { decimals = [], nullKeeps = false }: ConflictOptions = {},
): Failure<'CONFLICT'> {
  const stands = current as Readonly<Record<string, unknown>>;
  const plain = (path: string, value: unknown) =>
    typeof value === 'string' && decimals.includes(path) ? trimDecimal(value) : value;
  const fields = Object.entries(wanted).flatMap(([path, value]): FieldFault[] =>
    value === undefined ||
    (nullKeeps && value === null) ||
    !(path in stands) ||
    path === 'version' ||
    same(plain(path, value), plain(path, stands[path]))
      ? []
      : [{ path, code: 'CHANGED_MEANWHILE', params: { expected: shown(value), actual: shown(stands[path]) } }],
  );
  return fail('CONFLICT', { fields });
}

const same = (one: unknown, other: unknown) => isDeepStrictEqual(one ?? null, other ?? null);

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

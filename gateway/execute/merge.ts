import { isObject, type Obj } from './run.ts';

/**
 * Adds what a subgraph answered to what is known of the same object. Lists are joined item by item: two subgraphs that
 * answer the same list of value objects each bring some of their fields.
 */
export function merge(target: Obj, source: Obj): void {
  for (const key of Object.keys(source)) {
    if (key === '__proto__') continue;
    const value = source[key];
    if (value === undefined) continue;
    const known = target[key];
    if (isObject(known) && isObject(value)) {
      if (known !== value) merge(known, value);
    } else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
      mergeLists(known, value);
    } else {
      target[key] = value;
    }
  }
}

function mergeLists(target: unknown[], source: unknown[]): void {
  for (let i = 0; i < target.length; i++) {
    const known = target[i];
    const value = source[i];
    if (isObject(known) && isObject(value)) {
      if (known !== value) merge(known, value);
    } else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
      mergeLists(known, value);
    } else {
      target[i] = value;
    }
  }
}

/** A copy that can be added to without changing the original. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isObject(value)) return value;
  const out: Obj = {};
  for (const key of Object.keys(value)) if (key !== '__proto__') out[key] = copy(value[key]);
  return out as T;
}

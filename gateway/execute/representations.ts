import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { quote } from './leaf.ts';
import { merge } from './merge.ts';
import { isObject, type Obj } from './run.ts';
import type { TypeTest } from './types.ts';

/**
 * Reads from an object what another subgraph needs to recognise it: its key and the fields named in `@requires`.
 * Null when a needed field was never fetched, which happens only after an error: the entity is then not asked for.
 * Undefined when the fetch does not concern objects of this type.
 */
export type ReadRepresentation = (entity: Obj) => Obj | null | undefined;

export function compileRepresentation(requires: readonly QueryPlanSelectionNode[], isA: TypeTest): ReadRepresentation {
  const byType = new Map<string, ReadRepresentation>();
  return (entity) => {
    const typename = entity.__typename;
    if (typeof typename !== 'string') return undefined;
    let read = byType.get(typename);
    if (!read) {
      read = compileFor(requires, typename, isA);
      byType.set(typename, read);
    }
    return read(entity);
  };
}

interface FieldReader {
  readonly key: string;
  readonly read: ((value: unknown) => unknown) | null;
}

function compileFor(
  selections: readonly QueryPlanSelectionNode[],
  typename: string,
  isA: TypeTest,
): ReadRepresentation {
  const readers = fieldsFor(selections, typename, isA);
  if (!readers.some(({ key }) => key === '__typename')) return () => undefined;
  return (entity) => {
    const out: Obj = {};
    for (const { key, read } of readers) {
      const value = entity[key];
      if (value === undefined) return null;
      out[key] = read ? read(value) : value;
    }
    return out;
  };
}

function fieldsFor(selections: readonly QueryPlanSelectionNode[], typename: string, isA: TypeTest): FieldReader[] {
  const fields = new Map<string, QueryPlanFieldNode[]>();
  const gather = (nodes: readonly QueryPlanSelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'Field') {
        const key = node.alias ?? node.name;
        fields.set(key, [...(fields.get(key) ?? []), node]);
      } else if (!node.typeCondition || isA(typename, node.typeCondition)) {
        gather(node.selections);
      }
    }
  };
  gather(selections);
  return [...fields]
    .sort(([a], [b]) => (a === '__typename' ? -1 : b === '__typename' ? 1 : a < b ? -1 : 1))
    .map(([key, nodes]) => {
      const inner = nodes.flatMap((node) => node.selections ?? []);
      return { key, read: inner.length ? compileNested(inner, isA) : null };
    });
}

function compileNested(selections: readonly QueryPlanSelectionNode[], isA: TypeTest): (value: unknown) => unknown {
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(read);
    if (!isObject(value)) return null;
    return readSelections(value, selections, isA);
  };
  return read;
}

function readSelections(value: Obj, selections: readonly QueryPlanSelectionNode[], isA: TypeTest): Obj | null {
  const out: Obj = {};
  for (const node of selections) {
    if (node.kind === 'Field') {
      const key = node.alias ?? node.name;
      const found = value[key];
      if (found === undefined) return null;
      out[key] = node.selections?.length ? compileNested(node.selections, isA)(found) : found;
      continue;
    }
    const typename = value.__typename;
    if (node.typeCondition && !(typeof typename === 'string' && isA(typename, node.typeCondition))) continue;
    const inner = readSelections(value, node.selections, isA);
    if (inner === null) return null;
    merge(out, inner);
  }
  return out;
}

/** The JSON text of a representation, which is also what makes two entities equal; null and undefined as there. */
export type ReadKey = (entity: Obj) => string | null | undefined;

/** The same as `compileRepresentation` and `JSON.stringify`, written at once. */
export function compileKey(requires: readonly QueryPlanSelectionNode[], isA: TypeTest): ReadKey {
  const byType = new Map<string, ReadKey>();
  return (entity) => {
    const typename = entity.__typename;
    if (typeof typename !== 'string') return undefined;
    let read = byType.get(typename);
    if (!read) {
      read = compileKeyFor(requires, typename, isA);
      byType.set(typename, read);
    }
    return read(entity);
  };
}

function compileKeyFor(requires: readonly QueryPlanSelectionNode[], typename: string, isA: TypeTest): ReadKey {
  const readers = fieldsFor(requires, typename, isA).map(({ key, read }) => ({
    key,
    read,
    text: `${JSON.stringify(key)}:`,
  }));
  if (!readers.some(({ key }) => key === '__typename')) return () => undefined;
  return (entity) => {
    let out = '{';
    for (let i = 0; i < readers.length; i++) {
      const { key, read, text } = readers[i] as (typeof readers)[number];
      const value = entity[key];
      if (value === undefined) return null;
      const json = read
        ? JSON.stringify(read(value))
        : typeof value === 'string'
          ? quote(value)
          : JSON.stringify(value);
      out += i === 0 ? text + json : `,${text}${json}`;
    }
    return `${out}}`;
  };
}

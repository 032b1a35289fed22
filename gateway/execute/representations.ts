import type { QueryPlanFieldNode, QueryPlanInlineFragmentNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { merge } from './merge.ts';
import { isObject, type Obj } from './run.ts';
import type { TypeTest } from './types.ts';

/**
 * Reads from an object what another subgraph needs to recognise it: its key and the fields named in `@requires`.
 * Null when a needed field was never fetched, which happens only after an error: the entity is then not asked for.
 */
export type ReadRepresentation = (entity: Obj) => Obj | null;

export function compileRepresentation(requires: readonly QueryPlanSelectionNode[], isA: TypeTest): ReadRepresentation {
  const byType = new Map<string, ReadRepresentation>();
  return (entity) => {
    const typename = entity.__typename;
    if (typeof typename !== 'string') return null;
    let read = byType.get(typename);
    if (!read) {
      read = compileFor(requires, typename, isA);
      byType.set(typename, read);
    }
    const representation = read(entity);
    return representation?.__typename === undefined ? null : representation;
  };
}

function compileFor(
  selections: readonly QueryPlanSelectionNode[],
  typename: string,
  isA: TypeTest,
): ReadRepresentation {
  const fields = new Map<string, QueryPlanFieldNode[]>();
  const gather = (nodes: readonly QueryPlanSelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'Field') {
        const key = node.alias ?? node.name;
        fields.set(key, [...(fields.get(key) ?? []), node]);
      } else if (!(node as QueryPlanInlineFragmentNode).typeCondition || isA(typename, node.typeCondition as string)) {
        gather(node.selections);
      }
    }
  };
  gather(selections);
  const readers = [...fields].map(([key, nodes]) => {
    const inner = nodes.flatMap((node) => node.selections ?? []);
    return { key, read: inner.length ? compileNested(inner, isA) : null };
  });
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

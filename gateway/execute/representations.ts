import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { Stand } from '../plan/planning-supergraph.ts';
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

/** The JSON text of a representation, which is also what makes two entities equal; null and undefined as there. */
export type ReadKey = (entity: Obj) => string | null | undefined;

export interface ReadContext {
  readonly isA: TypeTest;
  readonly stands: ReadonlyMap<string, Stand>;
  /** Names of the fields that are part of a key in the subgraph. */
  readonly keyNames: ReadonlySet<string>;
}

type Selections = readonly QueryPlanSelectionNode[];

export function compileRepresentation(requires: Selections, context: ReadContext): ReadRepresentation {
  return byTypename((typename) => {
    const readers = fieldsFor(requires, typename, context);
    if (!isRecognised(readers, context)) return () => undefined;
    return (entity) => {
      const out: Obj = {};
      for (const { from, to, read } of readers) {
        const value = entity[from];
        if (value === undefined) return null;
        out[to] = read ? read(value) : value;
      }
      return out;
    };
  });
}

/** The same as `compileRepresentation` and `JSON.stringify`, written at once. */
export function compileKey(requires: Selections, context: ReadContext): ReadKey {
  return byTypename((typename) => {
    const readers = fieldsFor(requires, typename, context).map((reader) => ({
      ...reader,
      text: `${JSON.stringify(reader.to)}:`,
    }));
    if (!isRecognised(readers, context)) return () => undefined;
    return (entity) => {
      let out = '{';
      for (let i = 0; i < readers.length; i++) {
        const { from, read, text } = readers[i] as (typeof readers)[number];
        const value = entity[from];
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
  });
}

function byTypename<T>(compile: (typename: string) => (entity: Obj) => T): (entity: Obj) => T | undefined {
  const compiled = new Map<string, (entity: Obj) => T>();
  return (entity) => {
    const typename = entity.__typename;
    if (typeof typename !== 'string') return undefined;
    let read = compiled.get(typename);
    if (!read) {
      read = compile(typename);
      compiled.set(typename, read);
    }
    return read(entity);
  };
}

interface FieldReader {
  /** Name in the data, and in the representation. */
  readonly from: string;
  readonly to: string;
  readonly read: ((value: unknown) => unknown) | null;
}

/**
 * Whether an entity can be told from others by these fields. The planner may ask something of an interface and its key of some of its
 * objects only: the fetch is for those.
 */
function isRecognised(readers: readonly FieldReader[], { keyNames }: ReadContext): boolean {
  const names = readers.map(({ to }) => to);
  return names.includes('__typename') && names.some((name) => keyNames.has(name));
}

const nameIn = (node: QueryPlanFieldNode, { stands }: ReadContext): string =>
  stands.get(node.name)?.field ?? node.alias ?? node.name;

function fieldsFor(selections: Selections, typename: string, context: ReadContext): FieldReader[] {
  const fields = new Map<string, QueryPlanFieldNode[]>();
  const gather = (nodes: Selections): void => {
    for (const node of nodes) {
      if (node.kind === 'Field') {
        const key = node.alias ?? node.name;
        fields.set(key, [...(fields.get(key) ?? []), node]);
      } else if (!node.typeCondition || context.isA(typename, node.typeCondition)) {
        gather(node.selections);
      }
    }
  };
  gather(selections);
  return [...fields]
    .sort(([a], [b]) => (a === '__typename' ? -1 : b === '__typename' ? 1 : a < b ? -1 : 1))
    .map(([from, nodes]) => {
      const inner = nodes.flatMap((node) => node.selections ?? []);
      const to = nameIn(nodes[0] as QueryPlanFieldNode, context);
      return { from, to, read: inner.length ? nestedReader(inner, context) : null };
    });
}

function nestedReader(selections: Selections, context: ReadContext): (value: unknown) => unknown {
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(read);
    return isObject(value) ? readSelections(value, selections, context) : null;
  };
  return read;
}

function readSelections(value: Obj, selections: Selections, context: ReadContext): Obj | null {
  const out: Obj = {};
  for (const node of selections) {
    if (node.kind === 'Field') {
      const found = value[node.alias ?? node.name];
      if (found === undefined) return null;
      out[nameIn(node, context)] = node.selections?.length ? nestedReader(node.selections, context)(found) : found;
      continue;
    }
    const typename = value.__typename;
    if (node.typeCondition && !(typeof typename === 'string' && context.isA(typename, node.typeCondition))) continue;
    const inner = readSelections(value, node.selections, context);
    if (inner === null) return null;
    merge(out, inner);
  }
  return out;
}

import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { leafWriter } from './leaf.ts';
import { isObject, type Obj } from './run.ts';
import { collectFields, type FieldGroup, presence, type Selected, subSelections } from './selection.ts';
import type { TypeTest } from './types.ts';

/** What writing an answer needs and finds out. */
export interface Writing {
  readonly variables: Obj;
  /** Values that were not what the schema promises; paths are reversed while they are being built. */
  readonly violations: { message: string; path: (string | number)[] }[];
  /** Answers of `__schema` and `__type`, by response name. */
  readonly introspection: Obj | null;
}

/** JSON text of a value; undefined for a null that its parent may not have. */
type Write = (value: unknown, writing: Writing) => string | undefined;

export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly isA: TypeTest;
}

/**
 * Compiles how fetched data becomes the answer: the client's fields in the client's order, only its types and enum
 * values, nulls carried up to the nearest place that may be null. The answer is written as text at once.
 */
export function compileShape(root: GraphQLObjectType, selected: readonly Selected[], context: ShapeContext): Write {
  return objectWriter(root, selected, context, true);
}

interface FieldWriter {
  readonly key: string;
  readonly text: string;
  readonly present: ((variables: Obj) => boolean) | null;
  readonly write: Write;
  readonly read: (object: Obj) => unknown;
  readonly composite: boolean;
}

function objectWriter(
  type: GraphQLObjectType,
  selected: readonly Selected[],
  context: ShapeContext,
  isRoot: boolean,
): Write {
  const fields = collectFields(selected, type.name, context.fragments, context.isA).map((group) =>
    fieldWriter(type, group, context, isRoot),
  );
  return (value, writing) => {
    const object = value as Obj;
    let out = '';
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as FieldWriter;
      if (field.present !== null && !field.present(writing.variables)) continue;
      const before = writing.violations.length;
      const text = field.write(field.read(object), writing);
      if (writing.violations.length > before) addToPaths(writing, before, field.key);
      if (text === undefined) return undefined;
      out += out === '' ? field.text + text : `,${field.text}${text}`;
    }
    return `{${out}}`;
  };
}

function addToPaths(writing: Writing, from: number, key: string | number): void {
  for (let i = from; i < writing.violations.length; i++) writing.violations[i]?.path.push(key);
}

function fieldWriter(
  parent: GraphQLObjectType,
  group: FieldGroup,
  context: ShapeContext,
  isRoot: boolean,
): FieldWriter {
  const key = group.responseName;
  const base = { key, text: `${JSON.stringify(key)}:`, present: presence(group), composite: false };
  if (group.name === '__typename') {
    // Our own name of the type: a subgraph may know the object under its interface's name, or a root under another.
    const text = JSON.stringify(parent.name);
    return { ...base, read: () => null, write: () => text };
  }
  if (isRoot && (group.name === '__schema' || group.name === '__type')) {
    return { ...base, read: () => null, write: (_, { introspection }) => JSON.stringify(introspection?.[key] ?? null) };
  }
  const definition = parent.getFields()[group.name];
  if (!definition)
    throw new Error(`The operation selects ${parent.name}.${group.name}, which the schema does not have`);
  const read: (object: Obj) => unknown =
    key in Object.prototype
      ? (object) => (Object.hasOwn(object, key) ? object[key] : undefined)
      : (object) => object[key];
  return {
    ...base,
    read,
    write: typeWriter(definition.type, subSelections(group), context, `${parent.name}.${group.name}`),
  };
}

function typeWriter(
  type: GraphQLOutputType,
  selected: readonly Selected[],
  context: ShapeContext,
  place: string,
): Write {
  if (isNonNullType(type)) {
    const inner = valueWriter(type.ofType, selected, context, place);
    return (value, writing) => {
      if (value === null || value === undefined) {
        writing.violations.push({ message: `Cannot return null for non-nullable field ${place}.`, path: [] });
        return undefined;
      }
      return inner(value, writing);
    };
  }
  const inner = valueWriter(type, selected, context, place);
  return (value, writing) => (value === null || value === undefined ? 'null' : (inner(value, writing) ?? 'null'));
}

function valueWriter(
  type: GraphQLOutputType,
  selected: readonly Selected[],
  context: ShapeContext,
  place: string,
): Write {
  if (isListType(type)) return listWriter(typeWriter(type.ofType, selected, context, place), place);
  if (isLeafType(type)) {
    const write = leafWriter(type);
    return (value, writing) => write(value) ?? invalid(writing, `Invalid value found for ${place}.`);
  }
  const named = getNamedType(type);
  const byType = new Map<string, Write | null>();
  const writerFor = (typename: string): Write | null => {
    const actual = context.schema.getType(typename);
    return isObjectType(actual) && context.isA(typename, named.name)
      ? objectWriter(actual, selected, context, false)
      : null;
  };
  const fixed = isObjectType(named) ? named.name : null;
  return (value, writing) => {
    if (!isObject(value)) return invalid(writing, `Invalid value found for ${place}.`);
    const typename = fixed ?? value.__typename;
    if (typeof typename !== 'string') return invalid(writing, `Invalid __typename found for ${place}.`);
    let write = byType.get(typename);
    if (write === undefined) {
      write = writerFor(typename);
      byType.set(typename, write);
    }
    return write ? write(value, writing) : invalid(writing, `Invalid __typename found for ${place}.`);
  };
}

function listWriter(item: Write, place: string): Write {
  return (value, writing) => {
    if (!Array.isArray(value)) return invalid(writing, `Invalid value found for ${place}: expected a list.`);
    let out = '';
    let whole = true;
    for (let i = 0; i < value.length; i++) {
      const before = writing.violations.length;
      const text = item(value[i], writing);
      if (writing.violations.length > before) addToPaths(writing, before, i);
      if (text === undefined) whole = false;
      else out += i === 0 ? text : `,${text}`;
    }
    return whole ? `[${out}]` : undefined;
  };
}

function invalid(writing: Writing, message: string): undefined {
  writing.violations.push({ message, path: [] });
  return undefined;
}

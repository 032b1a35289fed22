import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { argumentReader, argumentsCost } from '../cost/arguments.ts';
import { type CostContext, memberWeight } from '../cost/estimate.ts';
import type { SchemaTexts } from '../operations/introspection.ts';
import { leafWriter } from './leaf.ts';
import { isObject, type Obj } from './run.ts';
import { collectFields, type FieldGroup, presence, type Selected, subSelections } from './selection.ts';

/** What writing an answer needs and finds out. */
export interface Writing {
  readonly variables: Obj;
  /** Texts of lists that may stand at several places, by who writes them; null where none does. */
  readonly written: Map<Write, Map<unknown, Written>> | null;
  /** Values that were not what the schema promises; paths are reversed while they are being built. */
  readonly violations: Violation[];
  /** Answers of `__schema` and `__type`; null where nothing was asked about the schema. */
  readonly introspection: SchemaTexts | null;
  /** What the answer weighs, by the same rule as the estimate, with lists as long as they are. */
  cost: number;
}

export interface Violation {
  readonly message: string;
  readonly path: (string | number)[];
  /** It is as promised, but not for this caller. */
  readonly isForbidden?: true;
}

interface Written {
  readonly text: string;
  readonly cost: number;
}

/** JSON text of a value; undefined for a null that its parent may not have. */
type Write = (value: unknown, writing: Writing) => string | undefined;

export interface ShapeContext extends CostContext {
  /** What must not be shown even where it was fetched, as a key is. */
  readonly denied: { field(parent: string, field: string): boolean; type(name: string): boolean } | null;
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
  /** Weight of the field's arguments, where they can have one. */
  readonly argumentsCost: ((variables: Obj) => number) | null;
}

function objectWriter(
  type: GraphQLObjectType | GraphQLInterfaceType,
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
      if (field.argumentsCost !== null) writing.cost += field.argumentsCost(writing.variables);
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
  parent: GraphQLObjectType | GraphQLInterfaceType,
  group: FieldGroup,
  context: ShapeContext,
  isRoot: boolean,
): FieldWriter {
  const key = group.responseName;
  const base = { key, text: `${JSON.stringify(key)}:`, present: presence(group), argumentsCost: null };
  if (group.name === '__typename') {
    // Our own name of the type: a subgraph may know the object under its interface's name, or a root under another.
    if (isInterfaceType(parent)) {
      return {
        ...base,
        read: () => null,
        write: (_, writing) => invalid(writing, `The type behind ${parent.name} is not known.`),
      };
    }
    const text = JSON.stringify(parent.name);
    return { ...base, read: () => null, write: () => text };
  }
  if (isRoot && (group.name === '__schema' || group.name === '__type')) {
    return { ...base, read: () => null, write: (_, { introspection }) => introspection?.[key] ?? 'null' };
  }
  const definition = parent.getFields()[group.name];
  if (!definition)
    throw new Error(`The operation selects ${parent.name}.${group.name}, which the schema does not have`);
  const denied = context.denied?.field(parent.name, group.name) ?? false;
  return {
    ...base,
    read: denied ? () => null : reader(key),
    write: typeWriter(definition.type, subSelections(group), context, { parent: parent.name, field: group.name }),
    argumentsCost: denied ? null : weighArguments(parent.name, definition, group, context),
  };
}

/** A response name such as `constructor` is also a property of every object. */
function reader(key: string): (object: Obj) => unknown {
  return key in Object.prototype
    ? (object) => (Object.hasOwn(object, key) ? object[key] : undefined)
    : (object) => object[key];
}

function weighArguments(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  group: FieldGroup,
  context: ShapeContext,
): ((variables: Obj) => number) | null {
  const weigh = argumentsCost(parent, field, context.weights);
  const node = group.occurrences[0]?.node;
  if (!weigh || !node) return null;
  const values = argumentReader(node, field);
  return (variables) => weigh(values(variables));
}

interface Place {
  readonly parent: string;
  readonly field: string;
}

const nameOf = ({ parent, field }: Place): string => `${parent}.${field}`;

function typeWriter(
  type: GraphQLOutputType,
  selected: readonly Selected[],
  context: ShapeContext,
  place: Place,
): Write {
  if (isNonNullType(type)) {
    const inner = valueWriter(type.ofType, selected, context, place);
    return (value, writing) => {
      if (value === null || value === undefined) {
        writing.violations.push({ message: `Cannot return null for non-nullable field ${nameOf(place)}.`, path: [] });
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
  place: Place,
): Write {
  if (isListType(type)) {
    const write = listWriter(typeWriter(type.ofType, selected, context, place), place);
    return isLeafType(getNamedType(type)) ? write : onceWriter(write);
  }
  if (isLeafType(type)) {
    const write = leafWriter(type);
    const weight = context.weights.ofField(place.parent, place.field, type);
    return (value, writing) => {
      writing.cost += weight;
      return write(value) ?? invalid(writing, `Invalid value found for ${nameOf(place)}.`);
    };
  }
  return compositeWriter(getNamedType(type), selected, context, place);
}

function compositeWriter(
  named: GraphQLNamedType,
  selected: readonly Selected[],
  context: ShapeContext,
  place: Place,
): Write {
  const byType = new Map<string, Write>();
  const base = context.weights.ofField(place.parent, place.field, named);
  const writerFor = (typename: string): Write => {
    const actual = context.schema.getType(typename);
    // A subgraph that knows an interface as an object gives the interface's name: enough, unless the type is asked for.
    if (isInterfaceType(actual) && context.isA(typename, named.name)) {
      const write = objectWriter(actual, selected, context, false);
      return (value, writing) => {
        writing.cost += base;
        return write(value, writing);
      };
    }
    if (!isObjectType(actual) || !context.isA(typename, named.name)) {
      return (_, writing) => invalid(writing, `Invalid __typename found for ${nameOf(place)}.`);
    }
    // Told only for abstract types: a field that returns the type itself was judged with the operation.
    if (actual !== named && context.denied?.type(typename)) {
      return (_, writing) => {
        writing.violations.push({ message: `Not allowed: ${nameOf(place)}.`, path: [], isForbidden: true });
        return undefined;
      };
    }
    const write = objectWriter(actual, selected, context, false);
    const weight = actual === named ? base : base + memberWeight(actual, context);
    return (value, writing) => {
      writing.cost += weight;
      return write(value, writing);
    };
  };
  const fixed = isObjectType(named) ? named.name : null;
  const isEmpty = emptiness(named, selected, context);
  const fallback = isInterfaceType(named) ? named.name : undefined;
  return (value, writing) => {
    if (!isObject(value)) return invalid(writing, `Invalid value found for ${nameOf(place)}.`);
    const typename = fixed ?? value.__typename ?? fallback;
    if (typename === undefined && isEmpty(writing.variables)) return '{}';
    if (typeof typename !== 'string') return invalid(writing, `Invalid __typename found for ${nameOf(place)}.`);
    let write = byType.get(typename);
    if (write === undefined) {
      write = writerFor(typename);
      byType.set(typename, write);
    }
    return write(value, writing);
  };
}

/** Whether nothing is selected of an object whatever its type: then its type was not fetched either. */
function emptiness(
  named: GraphQLNamedType,
  selected: readonly Selected[],
  context: ShapeContext,
): (variables: Obj) => boolean {
  if (!isUnionType(named)) return () => false;
  let conditions: (((variables: Obj) => boolean) | null)[] | undefined;
  return (variables) => {
    conditions ??= named
      .getTypes()
      .flatMap((type) => collectFields(selected, type.name, context.fragments, context.isA).map(presence));
    return !conditions.some((present) => present === null || present(variables));
  };
}

function listWriter(item: Write, place: Place): Write {
  return (value, writing) => {
    if (!Array.isArray(value)) return invalid(writing, `Invalid value found for ${nameOf(place)}: expected a list.`);
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

/** Writes what stands at several places once. What is wrong with it is told for each of them. */
function onceWriter(write: Write): Write {
  return (value, writing) => {
    if (writing.written === null) return write(value, writing);
    let known = writing.written.get(write);
    if (!known) writing.written.set(write, (known = new Map()));
    const found = known.get(value);
    if (found) {
      writing.cost += found.cost;
      return found.text;
    }
    const before = writing.cost;
    const violations = writing.violations.length;
    const text = write(value, writing);
    if (text !== undefined && writing.violations.length === violations) {
      known.set(value, { text, cost: writing.cost - before });
    }
    return text;
  };
}

function invalid(writing: Writing, message: string): undefined {
  writing.violations.push({ message, path: [] });
  return undefined;
}

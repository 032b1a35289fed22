import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationTypeNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { isObject, type Obj, type SubgraphOperation } from '../execute/run.ts';
import { fragmentsOf } from '../execute/selection.ts';
import type { Hint, Hints } from './hints.ts';

/** How the answer to one request to a subgraph, or one list of entities in it, may be kept. */
export interface ReadPolicy {
  /** Name in the answer and variable of the representations, for a list of entities; null for everything else together. */
  readonly entities: { readonly name: string; readonly variable: string } | null;
  /** The shortest age that the schema allows, if it names one; 0: not at all. */
  readonly ageMaxMs: number;
  /** Whether the schema leaves the age of a part of it open. */
  readonly isAgeOpen: boolean;
  /** Whether it is the same for all callers of a company who have the same rights; null where the schema does not say. */
  readonly shared: boolean | null;
  /** What it depends on, as far as the schema says. */
  tags(variables: Obj, representation: Obj | null): string[];
  /** Whether it depends on more than the schema says: on what the subgraph names with the answer, else on all of the subgraph. */
  readonly isOpen: boolean;
}

export interface PolicyOptions {
  schema: GraphQLSchema;
  hints: Hints;
}

type TagReader = (variables: Obj, representation: Obj | null) => string;

/** Gathers what the fields of a selection say. */
interface Gathered {
  maxAgeMs: number;
  isAgeOpen: boolean;
  isPrivate: boolean;
  isPublic: boolean;
  isOpen: boolean;
  readonly tags: TagReader[];
}

export function policiesOf(operation: SubgraphOperation, subgraph: string, options: PolicyOptions): ReadPolicy[] {
  const fragments = fragmentsOf(operation.document);
  const definition = operation.document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const fields = (definition?.selectionSet.selections ?? []).filter((one): one is FieldNode => one.kind === Kind.FIELD);
  const gather = (): Gathered => ({
    maxAgeMs: Number.POSITIVE_INFINITY,
    isAgeOpen: false,
    isPrivate: false,
    isPublic: true,
    isOpen: false,
    tags: [],
  });
  const policy = (entities: ReadPolicy['entities'], gathered: Gathered): ReadPolicy => {
    const { maxAgeMs, isAgeOpen, isPrivate, isPublic, isOpen, tags } = gathered;
    return {
      entities,
      ageMaxMs: maxAgeMs,
      isAgeOpen,
      shared: isPrivate ? false : isPublic ? true : null,
      tags: (variables, representation) => [...new Set(tags.map((read) => read(variables, representation)))],
      isOpen,
    };
  };
  if (fields.every(({ name }) => name.value === '_entities') && fields.length > 0) {
    return fields.map((field) => {
      const gathered = gather();
      const { arguments: [given] = [], selectionSet } = field;
      const variable = given?.value.kind === Kind.VARIABLE ? given.value.name.value : '';
      for (const selection of selectionSet?.selections ?? []) {
        if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) continue;
        const type = selection.typeCondition.name.value;
        begin(options.hints.get(type), undefined, null, subgraph, gathered);
        visit(selection.selectionSet, type, subgraph, fragments, gathered, options);
      }
      return policy({ name: (field.alias ?? field.name).value, variable }, gathered);
    });
  }
  const gathered = gather();
  const root = options.schema.getRootType(operation.kind as OperationTypeNode)?.name ?? '';
  for (const field of fields) {
    const hint = options.hints.get(`${root}.${field.name.value}`);
    begin(hint, typeHint(field, root, options), field, subgraph, gathered);
    if (field.selectionSet) {
      visit(field.selectionSet, typeOf(field, root, options.schema) ?? '', subgraph, fragments, gathered, options);
    }
  }
  return [policy(null, gathered)];
}

/**
 * A root field or an entity: what the schema does not say of it (how old it may be, for whom it is, which changes concern it) is left
 * open for the answer to say.
 */
function begin(
  hint: Hint | undefined,
  ofType: Hint | undefined,
  field: FieldNode | null,
  subgraph: string,
  into: Gathered,
): void {
  const maxAge = hint?.maxAge ?? ofType?.maxAge;
  if (maxAge == null) into.isAgeOpen = true;
  else into.maxAgeMs = Math.min(into.maxAgeMs, maxAge * 1000);
  const scope = hint?.scope ?? ofType?.scope;
  if (scope === 'PRIVATE') into.isPrivate = true;
  else if (scope !== 'PUBLIC') into.isPublic = false;
  const formats = hint?.tags.get(subgraph);
  if (formats) into.tags.push(...formats.map((format) => readTag(format, field)));
  else into.isOpen = true;
}

/** A field below: it can only shorten what the field above allowed, and adds its own tags. */
function visit(
  { selections }: SelectionSetNode,
  parent: string,
  subgraph: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  into: Gathered,
  options: PolicyOptions,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value ?? parent;
      visit(selection.selectionSet, type, subgraph, fragments, into, options);
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(selection.name.value);
      if (!fragment) continue;
      visit(fragment.selectionSet, fragment.typeCondition.name.value, subgraph, fragments, into, options);
    } else {
      const hint = options.hints.get(`${parent}.${selection.name.value}`);
      for (const one of [hint, typeHint(selection, parent, options)]) {
        if (one?.maxAge != null) into.maxAgeMs = Math.min(into.maxAgeMs, one.maxAge * 1000);
        if (one?.scope === 'PRIVATE') into.isPrivate = true;
      }
      for (const format of hint?.tags.get(subgraph) ?? []) into.tags.push(readTag(format, selection));
      if (!selection.selectionSet) continue;
      const type = typeOf(selection, parent, options.schema) ?? '';
      visit(selection.selectionSet, type, subgraph, fragments, into, options);
    }
  }
}

const typeHint = (field: FieldNode, parent: string, { hints, schema }: PolicyOptions): Hint | undefined => {
  const type = typeOf(field, parent, schema);
  return type === undefined ? undefined : hints.get(type);
};

function typeOf({ name }: FieldNode, parent: string, schema: GraphQLSchema): string | undefined {
  const type = schema.getType(parent);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
  return field && getNamedType(field.type).name;
}

/** `item:{$args.id}` of a field, `item:{$key.id}` of an entity. */
function readTag(format: string, field: FieldNode | null): TagReader {
  const parts = format.split(/\{\$(args|key)\.([\w.]+)\}/);
  if (parts.length === 1) return () => format;
  return (variables, representation) => {
    let text = parts[0] as string;
    for (let i = 1; i < parts.length; i += 3) {
      const path = (parts[i + 1] as string).split('.');
      const from = parts[i] === 'key' ? representation : argumentsOf(field, variables);
      const value = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), from);
      text += `${value ?? ''}${parts[i + 2]}`;
    }
    return text;
  };
}

function argumentsOf(field: FieldNode | null, variables: Obj): Obj {
  return Object.fromEntries(
    (field?.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );
}

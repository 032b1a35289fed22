import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Obj } from '../execute/run.ts';
import { type Condition, collectFields, conditionOf, fragmentsOf, never, presence } from '../execute/selection.ts';
import { typeTest } from '../execute/types.ts';
import { protectedMembers, type Requirement, type Rules } from './rules.ts';

export interface Removed {
  readonly path: readonly string[];
  readonly coordinate: string;
  readonly missing: Requirement;
  /** When it is asked for at all. */
  readonly condition: Condition;
}

/** Every requirement an operation touches; without any it needs no further look. */
export function requirementsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  rules: Rules,
): Requirement[] {
  if (rules.empty) return [];
  const found = new Set<Requirement>();
  walk(
    document,
    operation,
    schema,
    (parent, field, returns) => {
      for (const one of rules.ofField(parent, field)) found.add(one);
      if (returns) for (const one of protectedMembers(rules, schema, returns)) found.add(one);
      return true;
    },
    (condition) => {
      for (const one of rules.ofType(condition)) found.add(one);
      return true;
    },
  );
  return [...found];
}

/** Places named in errors when an operation asks for much that is forbidden. */
const removedMax = 50;

/** Lists what of an operation the caller may not see. */
export function removedFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  rules: Rules,
  failed: ReadonlySet<Requirement>,
): Removed[] {
  const removed = new Map<string, Removed>();
  const remove = (one: Removed): false => {
    const key = JSON.stringify([one.path, one.coordinate, one.condition]);
    if (removed.size < removedMax) removed.set(key, one);
    return false;
  };
  walk(
    document,
    operation,
    schema,
    (parent, field, _, path, condition) => {
      const missing = rules.ofField(parent, field).find((one) => failed.has(one));
      return !missing || remove({ path, coordinate: `${parent}.${field}`, missing, condition });
    },
    (type, path, condition) => {
      const missing = rules.ofType(type).find((one) => failed.has(one));
      return !missing || remove({ path, coordinate: type, missing, condition });
    },
  );
  return [...removed.values()];
}

/**
 * Lists the root fields that the caller may not use, of those that these variables leave in. A mutation that has any is not run at
 * all: a root field that is null because it was refused would take the answers of those that were run with it.
 */
export function refusedRoots(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  rules: Rules,
  failed: ReadonlySet<Requirement>,
): (variables: Obj) => Removed[] {
  const root = schema.getRootType(operation.operation)?.name ?? '';
  const selected = [{ set: operation.selectionSet, condition: [] }];
  const refused = collectFields(selected, root, fragmentsOf(document), typeTest(schema)).flatMap((group) => {
    const missing = rules.ofField(root, group.name).find((one) => failed.has(one));
    if (!missing) return [];
    const removed = { path: [group.responseName], coordinate: `${root}.${group.name}`, missing, condition: [] };
    return [{ removed, isThere: presence(group) ?? (() => true) }];
  });
  return (variables) =>
    refused
      .filter(({ isThere }) => isThere(variables))
      .slice(0, removedMax)
      .map(({ removed }) => removed);
}

type VisitField = (
  parent: string,
  field: string,
  returns: string | null,
  path: readonly string[],
  condition: Condition,
) => boolean;
type VisitType = (type: string, path: readonly string[], condition: Condition) => boolean;

/** Goes through an operation with its fragments written out; a visitor that says false is not followed further. */
function walk(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  visitField: VisitField,
  visitType: VisitType,
): void {
  const fragments = fragmentsOf(document);
  const visit = (
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    path: readonly string[],
    outer: Condition,
  ): void => {
    for (const selection of set.selections) {
      const own = conditionOf(selection);
      if (own === never) continue;
      const condition = [...outer, ...own];
      if (selection.kind === Kind.FIELD) {
        const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
        if (!field) continue;
        const type = getNamedType(field.type);
        const here = [...path, selection.alias?.value ?? selection.name.value];
        if (!visitField(parent.name, field.name, isCompositeType(type) ? type.name : null, here, condition)) continue;
        if (selection.selectionSet && isCompositeType(type)) visit(selection.selectionSet, type, here, condition);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      const type = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (!isCompositeType(type) || (type !== parent && !visitType(type.name, path, condition))) continue;
      visit(fragment.selectionSet, type, path, condition);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) visit(operation.selectionSet, root, [], []);
}

/**
 * The operation without what the caller may not see, for planning: what is not in it is never fetched.
 * Null when nothing is left.
 */
export function restrictDocument(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  rules: Rules,
  failed: ReadonlySet<Requirement>,
): DocumentNode | null {
  const fragments = fragmentsOf(document);
  const forbidden = (requirements: readonly Requirement[]): boolean => requirements.some((one) => failed.has(one));
  const kept = new Map<string, FragmentDefinitionNode | null>();

  const keepFragment = (name: string): FragmentDefinitionNode | null => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const set =
      fragment && isCompositeType(type) && !forbidden(rules.ofType(type.name))
        ? keepSet(fragment.selectionSet, type)
        : null;
    const out = fragment && set ? { ...fragment, selectionSet: set } : null;
    kept.set(name, out);
    return out;
  };

  const keep = (selection: SelectionNode, parent: GraphQLCompositeType): SelectionNode | null => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return keepFragment(selection.name.value) ? selection : null;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
      if (!isCompositeType(type) || (type !== parent && forbidden(rules.ofType(type.name)))) return null;
      const set = keepSet(selection.selectionSet, type);
      return set && { ...selection, selectionSet: set };
    }
    const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
    if (!field) return selection;
    if (forbidden(rules.ofField(parent.name, field.name))) return null;
    const type = getNamedType(field.type);
    if (!selection.selectionSet || !isCompositeType(type)) return selection;
    return { ...selection, selectionSet: keepSet(selection.selectionSet, type) ?? onlyTypename };
  };

  const keepSet = (set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode | null => {
    const selections = set.selections.flatMap((selection) => keep(selection, parent) ?? []);
    return selections.length > 0 ? { ...set, selections } : null;
  };

  const root = schema.getRootType(operation.operation);
  const set = root ? keepSet(operation.selectionSet, root) : null;
  if (!set) return null;
  const definitions: DefinitionNode[] = [{ ...operation, selectionSet: set }];
  for (const fragment of kept.values()) if (fragment) definitions.push(fragment);
  return { kind: Kind.DOCUMENT, definitions };
}

/** Whether there is an object at all is no secret of a field in it. */
const onlyTypename: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

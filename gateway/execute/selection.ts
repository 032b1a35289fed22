import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { TypeTest } from './types.ts';

/** Boolean variables that must have these values; an empty list holds always. */
export type Condition = readonly { readonly variable: string; readonly value: boolean }[];

export interface Occurrence {
  readonly node: FieldNode;
  readonly condition: Condition;
}

/** One field of an answer: everything the operation says about it, from all fragments that apply. */
export interface FieldGroup {
  readonly responseName: string;
  readonly name: string;
  readonly occurrences: readonly Occurrence[];
}

/** A selection set together with the condition under which it was reached. */
export interface Selected {
  readonly set: SelectionSetNode;
  readonly condition: Condition;
}

/** Stands for a condition that no variables meet. */
export const never = Symbol('never');

/** Fields that an object of this type answers, in the order the specification gives them. */
export function collectFields(
  selected: readonly Selected[],
  typename: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  isA: TypeTest,
): FieldGroup[] {
  const groups = new Map<string, { responseName: string; name: string; occurrences: Occurrence[] }>();
  const visit = (selection: SelectionNode, outer: Condition): void => {
    const own = conditionOf(selection);
    if (own === never) return;
    const condition = own.length ? [...outer, ...own] : outer;
    if (selection.kind === Kind.FIELD) {
      const responseName = selection.alias?.value ?? selection.name.value;
      const group = groups.get(responseName) ?? { responseName, name: selection.name.value, occurrences: [] };
      group.occurrences.push({ node: selection, condition });
      groups.set(responseName, group);
      return;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const type = fragment?.typeCondition?.name.value;
    if (!fragment || (type !== undefined && !isA(typename, type))) return;
    for (const inner of fragment.selectionSet.selections) visit(inner, condition);
  };
  for (const { set, condition } of selected) for (const selection of set.selections) visit(selection, condition);
  return [...groups.values()];
}

/** What `@skip` and `@include` say about a selection. */
export function conditionOf(selection: SelectionNode): Condition | typeof never {
  if (!selection.directives?.length) return [];
  const out: { variable: string; value: boolean }[] = [];
  for (const directive of selection.directives) {
    const wanted = directive.name.value === 'include' ? true : directive.name.value === 'skip' ? false : null;
    if (wanted === null) continue;
    const argument = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
    if (argument?.kind === Kind.VARIABLE) out.push({ variable: argument.name.value, value: wanted });
    else if (argument?.kind === Kind.BOOLEAN && argument.value !== wanted) return never;
  }
  return out;
}

/** Compiles "is this field part of the answer" for a group; null when it always is. */
export function presence(group: FieldGroup): ((variables: Record<string, unknown>) => boolean) | null {
  if (group.occurrences.some(({ condition }) => condition.length === 0)) return null;
  const conditions = group.occurrences.map(({ condition }) => condition);
  return (variables) => conditions.some((all) => holds(all, variables));
}

export const holds = (condition: Condition, variables: Record<string, unknown>): boolean =>
  condition.every(({ variable, value }) => variables[variable] === value);

export function subSelections(group: FieldGroup): Selected[] {
  return group.occurrences.flatMap(({ node, condition }) =>
    node.selectionSet ? [{ set: node.selectionSet, condition }] : [],
  );
}

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
}

import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, Kind, type OperationDefinitionNode, parse, print, type SelectionNode } from 'graphql';
import { type Stand, withoutStands } from '../plan/planning-supergraph.ts';
import type { CompileContext } from './compile.ts';
import type { Unit } from './units.ts';

/** What one entity fetch asks of its entities, and what it has to send for that. */
export interface Ask {
  readonly unit: Unit;
  readonly requires: readonly QueryPlanSelectionNode[];
  readonly selections: readonly SelectionNode[];
  /** Asks of equal variants can be joined; others need representations of their own. */
  readonly variant: string;
}

/** A selected field of an entity, with the conditions on the way to it. */
type Keep = (type: string, field: string, conditions: string) => boolean;

/**
 * Reads an entity fetch. It becomes several asks where one representation cannot serve all of its fields:
 * where two of them require the same field with different arguments, and where something is required only by a field that
 * depends on a variable, so that it may not be there for the others.
 */
export function asksOf(unit: Unit, context: CompileContext): Ask[] {
  return byConditions(
    { unit, requires: unit.node.requires ?? [], selections: entitySelections(unit), variant: '' },
    context,
  )
    .flatMap((ask) => byArguments(ask, context))
    .map((ask) => ({ ...ask, selections: ask.selections.map((one) => withoutStands(one, context.stands)) }));
}

export function operationOf({ node }: Unit): OperationDefinitionNode {
  return parse(node.operation, { noLocation: true }).definitions[0] as OperationDefinitionNode;
}

function entitySelections(unit: Unit): readonly SelectionNode[] {
  return (operationOf(unit).selectionSet.selections[0] as FieldNode).selectionSet?.selections ?? [];
}

function byConditions(ask: Ask, context: CompileContext): Ask[] {
  const conditional = new Set<string>();
  for (const { type, field, conditions } of fieldsOf(ask.selections)) {
    if (conditions !== '' && context.requires.has(`${type}.${field}`)) conditional.add(conditions);
  }
  if (conditional.size === 0) return [ask];
  const needed = (wanted: (conditions: string) => boolean): Set<string> => {
    const names = new Set<string>();
    for (const { type, field, conditions } of fieldsOf(ask.selections)) {
      if (wanted(conditions)) for (const name of requiredNames(type, field, context)) names.add(name);
    }
    return names;
  };
  const isKey = (name: string): boolean => context.keys.get(ask.unit.node.serviceName)?.has(name) ?? false;
  return [...['', ...conditional]].flatMap((variant): Ask[] => {
    const isOwn = (conditions: string): boolean =>
      variant === '' ? !conditional.has(conditions) : conditions === variant;
    const own = needed(isOwn);
    const dropped = new Set(
      [...needed((conditions) => !isOwn(conditions))].filter((name) => !own.has(name) && !isKey(name)),
    );
    const selections = keepFields(ask.selections, (_, __, conditions) => isOwn(conditions));
    return selections.length === 0
      ? []
      : [{ ...ask, requires: withoutFields(ask.requires, dropped), selections, variant }];
  });
}

function byArguments(ask: Ask, context: CompileContext): Ask[] {
  const conflicts = conflictingStands(ask.requires, context.stands);
  if (conflicts.length === 0) return [ask];
  return conflicts.flatMap((kept, index): Ask[] => {
    const dropped = new Set(conflicts.filter((one) => one !== kept));
    const selections = keepFields(ask.selections, (type, field) => {
      const names = requiredNames(type, field, context);
      return names.includes(kept) || (index === 0 && !names.some((name) => dropped.has(name)));
    });
    if (selections.length === 0) return [];
    return [{ ...ask, requires: withoutFields(ask.requires, dropped), selections, variant: `${ask.variant} ${kept}` }];
  });
}

/** Top-level names of what a field requires. */
function requiredNames(type: string, field: string, { requires }: CompileContext): string[] {
  const names = (selections: readonly SelectionNode[]): string[] =>
    selections.flatMap((one) => {
      if (one.kind === Kind.FIELD) return [one.name.value];
      return one.kind === Kind.INLINE_FRAGMENT ? names(one.selectionSet.selections) : [];
    });
  return (requires.get(`${type}.${field}`) ?? []).flatMap((text) => {
    const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
    return definition?.kind === Kind.OPERATION_DEFINITION ? names(definition.selectionSet.selections) : [];
  });
}

function conflictingStands(requires: readonly QueryPlanSelectionNode[], stands: ReadonlyMap<string, Stand>): string[] {
  if (stands.size === 0) return [];
  const byField = new Map<string, Set<string>>();
  const visit = (nodes: readonly QueryPlanSelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'InlineFragment') visit(node.selections);
      else {
        const field = stands.get(node.name)?.field ?? node.name;
        byField.set(field, (byField.get(field) ?? new Set()).add(node.name));
      }
    }
  };
  visit(requires);
  return [...byField.values()].flatMap((names) => (names.size > 1 ? [...names] : []));
}

function withoutFields(
  nodes: readonly QueryPlanSelectionNode[],
  dropped: ReadonlySet<string>,
): QueryPlanSelectionNode[] {
  return nodes.flatMap((node): QueryPlanSelectionNode[] => {
    if (node.kind === 'Field') return dropped.has(node.name) ? [] : [node];
    return [{ ...node, selections: withoutFields(node.selections, dropped) }];
  });
}

const conditionsOf = (selection: SelectionNode, outer: string): string =>
  [outer, ...(selection.directives ?? []).map(print)].filter(Boolean).join(' ');

function fieldsOf(
  selections: readonly SelectionNode[],
  type = '',
  outer = '',
): { type: string; field: string; conditions: string }[] {
  return selections.flatMap((one) => {
    const conditions = conditionsOf(one, outer);
    if (one.kind === Kind.FIELD) return [{ type, field: one.name.value, conditions }];
    if (one.kind === Kind.FRAGMENT_SPREAD) return [];
    return fieldsOf(one.selectionSet.selections, one.typeCondition?.name.value ?? type, conditions);
  });
}

function keepFields(selections: readonly SelectionNode[], keep: Keep, type = '', outer = ''): SelectionNode[] {
  return selections.flatMap((one): SelectionNode[] => {
    const conditions = conditionsOf(one, outer);
    if (one.kind === Kind.FIELD) return keep(type, one.name.value, conditions) ? [one] : [];
    if (one.kind === Kind.FRAGMENT_SPREAD) return [one];
    const inner = keepFields(one.selectionSet.selections, keep, one.typeCondition?.name.value ?? type, conditions);
    return inner.length > 0 ? [{ ...one, selectionSet: { ...one.selectionSet, selections: inner } }] : [];
  });
}

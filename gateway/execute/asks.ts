import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, Kind, type OperationDefinitionNode, parse, type SelectionNode } from 'graphql';
import { type Stand, withoutStands } from '../plan/planning-supergraph.ts';
import type { CompileContext } from './compile.ts';
import type { Unit } from './units.ts';

/** What one entity fetch asks of its entities, and what it has to send for that. */
export interface Ask {
  readonly unit: Unit;
  readonly requires: readonly QueryPlanSelectionNode[];
  readonly selections: readonly SelectionNode[];
  /** Asks of equal variants can be joined; others would send the same field with two values. */
  readonly variant: string;
}

/**
 * Reads an entity fetch. Where two of its fields require the same field with different arguments, one representation cannot
 * serve both: it becomes several asks, one for each set of arguments.
 */
export function asksOf(unit: Unit, { stands, requires: requiredBy }: CompileContext): Ask[] {
  const selections = entitySelections(unit);
  const requires = unit.node.requires ?? [];
  const conflicts = conflictingStands(requires, stands);
  if (conflicts.length === 0) {
    return [{ unit, requires, selections: selections.map((one) => withoutStands(one, stands)), variant: '' }];
  }
  return conflicts.map((kept, index) => {
    const dropped = new Set(conflicts.filter((one) => one !== kept));
    const needs = (type: string, field: string, names: Iterable<string>): boolean => {
      const texts = requiredBy.get(`${type}.${field}`)?.join(' ') ?? '';
      return [...names].some((name) => texts.includes(name));
    };
    return {
      unit,
      requires: withoutFields(requires, dropped),
      selections: selections.flatMap((one) => {
        const selection = keepFields(
          one,
          (type, field) => needs(type, field, [kept]) || (index === 0 && !needs(type, field, dropped)),
        );
        return selection ? [withoutStands(selection, stands)] : [];
      }),
      variant: kept,
    };
  });
}

export function operationOf({ node }: Unit): OperationDefinitionNode {
  return parse(node.operation, { noLocation: true }).definitions[0] as OperationDefinitionNode;
}

function entitySelections(unit: Unit): readonly SelectionNode[] {
  return (operationOf(unit).selectionSet.selections[0] as FieldNode).selectionSet?.selections ?? [];
}

function conflictingStands(requires: readonly QueryPlanSelectionNode[], stands: ReadonlyMap<string, Stand>): string[] {
  if (stands.size === 0) return [];
  const byField = new Map<string, Set<string>>();
  const visit = (nodes: readonly QueryPlanSelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'InlineFragment') visit(node.selections);
      else {
        const stand = stands.get(node.name);
        const field = stand?.field ?? node.name;
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

function keepFields(selection: SelectionNode, keep: (type: string, field: string) => boolean): SelectionNode | null {
  if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
  const type = selection.typeCondition?.name.value ?? '';
  const selections = selection.selectionSet.selections.filter(
    (one) => one.kind !== Kind.FIELD || one.name.value === '__typename' || keep(type, one.name.value),
  );
  return selections.length > 0 ? { ...selection, selectionSet: { ...selection.selectionSet, selections } } : null;
}

import { type FieldNode, type InlineFragmentNode, Kind, print, type SelectionNode } from 'graphql';

/**
 * One selection with all that several ask for, always in the same order: fetches that need the same of an entity become
 * equal texts, whatever way the planner wrote them.
 */
export function mergeSelections(selections: readonly SelectionNode[]): SelectionNode[] {
  const merged = new Map<string, SelectionNode>();
  for (const selection of selections) {
    const key = keyOf(selection);
    const known = merged.get(key);
    merged.set(key, known ? join(known, selection) : normal(selection));
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, selection]) => selection);
}

function keyOf(selection: SelectionNode): string {
  const directives = (selection.directives ?? []).map(print).join(' ');
  if (selection.kind === Kind.FIELD) {
    const args = (selection.arguments ?? []).map(print).join();
    return `${selection.alias?.value ?? ''}:${selection.name.value}(${args})${directives}`;
  }
  if (selection.kind === Kind.FRAGMENT_SPREAD) return `...${selection.name.value}${directives}`;
  return `... on ${selection.typeCondition?.name.value ?? ''}${directives}`;
}

function join(a: SelectionNode, b: SelectionNode): SelectionNode {
  if (a.kind === Kind.FRAGMENT_SPREAD || b.kind === Kind.FRAGMENT_SPREAD) return a;
  if (!a.selectionSet || !b.selectionSet) return a;
  return withSelections(a, [...a.selectionSet.selections, ...b.selectionSet.selections]);
}

function normal(selection: SelectionNode): SelectionNode {
  if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
  return withSelections(selection, selection.selectionSet.selections);
}

function withSelections(node: FieldNode | InlineFragmentNode, selections: readonly SelectionNode[]): SelectionNode {
  return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: mergeSelections(selections) } };
}

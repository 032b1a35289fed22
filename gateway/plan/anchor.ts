import { type DocumentNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode, visit } from 'graphql';
import { fragmentsOf } from '../execute/selection.ts';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The operation with `__typename` added where everything below a field depends on variables. The planner leaves a fetch out
 * when nothing of it is wanted at run time, but whether there is an object, or how many, is an answer as well.
 */
export function anchorConditions(document: DocumentNode): DocumentNode {
  const fragments = fragmentsOf(document);
  const isCertain = (selection: SelectionNode): boolean => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return false;
    if (selection.kind === Kind.FIELD) return true;
    const set =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    return hasCertain(set);
  };
  const hasCertain = (set: SelectionSetNode | undefined): boolean => set?.selections.some(isCertain) ?? false;
  return visit(document, {
    Field(node) {
      if (!node.selectionSet || hasCertain(node.selectionSet)) return undefined;
      return {
        ...node,
        selectionSet: { ...node.selectionSet, selections: [typename, ...node.selectionSet.selections] },
      };
    },
  });
}

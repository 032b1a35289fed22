import { Kind, type SelectionNode, type ValueNode, valueFromASTUntyped } from 'graphql';
import { isObject, type Obj, type SubgraphOperation } from '../execute/run.ts';

/** Name of the input field by which subgraphs know a write they have done already. */
const keyField = 'idempotencyKey';

/** Whether every field of a mutation carries an idempotency key, so that sending it twice does it once. */
export function isRepeatable({ kind, document }: SubgraphOperation, variables: Obj): boolean {
  if (kind !== 'mutation') return false;
  const [definition] = document.definitions;
  return (
    definition?.kind === Kind.OPERATION_DEFINITION &&
    definition.selectionSet.selections.every((selection) => hasKey(selection, variables))
  );
}

function hasKey(selection: SelectionNode, variables: Obj): boolean {
  if (selection.kind !== Kind.FIELD) return false;
  return selection.arguments?.some(({ value }) => carriesKey(value, variables)) ?? false;
}

function carriesKey(node: ValueNode, variables: Obj): boolean {
  if (node.kind !== Kind.VARIABLE && node.kind !== Kind.OBJECT) return false;
  const value: unknown = valueFromASTUntyped(node, variables);
  const key = isObject(value) ? value[keyField] : undefined;
  return typeof key === 'string' && key !== '';
}

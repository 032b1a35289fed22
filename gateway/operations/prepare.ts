import {
  type DocumentNode,
  executeSync,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { compilePlan } from '../execute/compile.ts';
import type { Step } from '../execute/fetch.ts';
import type { Obj, Subgraph } from '../execute/run.ts';
import { compileShape, type Writing } from '../execute/shape.ts';
import { typeTest } from '../execute/types.ts';
import type { Planner } from '../plan/planner.ts';
import type { LoadedSupergraph } from '../plan/supergraph.ts';
import { RequestError } from '../report/errors.ts';

/** An operation that is parsed, valid, planned and compiled: all that is left is to run it. */
export interface PreparedOperation {
  readonly name: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly definition: OperationDefinitionNode;
  readonly fetch: Step;
  /** JSON text of `data`; undefined when nothing of it may be answered. */
  write(data: Obj, writing: Writing): string | undefined;
  /** Answers of `__schema` and `__type`; null when the operation asks for neither. */
  introspect(variables: Obj): Obj | null;
}

export type Prepare = (document: DocumentNode, operationName: string | undefined) => PreparedOperation;

export function createPrepare(
  loaded: LoadedSupergraph,
  planner: Planner,
  subgraphs: ReadonlyMap<string, Subgraph>,
): Prepare {
  const answerTypes = typeTest(loaded.schema);
  const planTypes = typeTest(loaded.fullSchema);
  return (document, operationName) => {
    const definition = chooseOperation(document, operationName);
    const fragments = fragmentsOf(document);
    const root = loaded.schema.getRootType(definition.operation) as GraphQLObjectType;
    const plan = planner.plan(document, operationName);
    if (plan.node?.kind === 'Subscription') {
      throw new RequestError('BAD_REQUEST', 'Subscriptions are served over WebSocket and server-sent events.');
    }
    const write = compileShape(root, [{ set: definition.selectionSet, condition: [] }], {
      schema: loaded.schema,
      fragments,
      isA: answerTypes,
    });
    return {
      name: definition.name?.value,
      kind: definition.operation,
      definition,
      fetch: compilePlan(plan.node, { subgraphs, isA: planTypes }),
      write,
      introspect: compileIntrospection(loaded, document, definition),
    };
  };
}

export function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = name === undefined ? operations : operations.filter((operation) => operation.name?.value === name);
  if (found.length === 1) return found[0] as OperationDefinitionNode;
  throw new GraphQLError(
    name !== undefined
      ? `Unknown operation named "${name}".`
      : operations.length === 0
        ? 'The document has no operation.'
        : 'The document has several operations: name one as operationName.',
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  );
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/** The schema answers questions about itself; no subgraph is asked. */
function compileIntrospection(
  loaded: LoadedSupergraph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PreparedOperation['introspect'] {
  const fragments = fragmentsOf(document);
  const asksSchema = (selection: SelectionNode): boolean => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__schema' || selection.name.value === '__type';
    const set =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    return set?.selections.some(asksSchema) ?? false;
  };
  if (definition.operation !== 'query' || !definition.selectionSet.selections.some(asksSchema)) return () => null;
  let kept: Obj | undefined;
  return (variables) => {
    if (kept) return kept;
    const data = executeSync({
      schema: loaded.schema,
      document,
      operationName: definition.name?.value,
      variableValues: variables,
      rootValue: {},
    }).data as Obj | null;
    if (!definition.variableDefinitions?.length) kept = data ?? {};
    return data;
  };
}

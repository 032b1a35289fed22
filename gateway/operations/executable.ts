import type { QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLObjectType, Kind, type OperationDefinitionNode } from 'graphql';
import { deniedByKeys, withDenied } from '../authorisation/keys.ts';
import { type Removed, refusedRoots, removedFields, restrictDocument } from '../authorisation/restrict.ts';
import type { Requirement, Rules } from '../authorisation/rules.ts';
import type { CostContext } from '../cost/estimate.ts';
import type { Hides } from '../execute/collect.ts';
import { compilePlan } from '../execute/compile.ts';
import type { Step } from '../execute/fetch.ts';
import type { Obj, Subgraph } from '../execute/run.ts';
import { collectFields, fragmentsOf } from '../execute/selection.ts';
import { compileShape, type Writing } from '../execute/shape.ts';
import { type TypeTest, typeTest } from '../execute/types.ts';
import type { Planner } from '../plan/planner.ts';
import type { LoadedSupergraph } from '../plan/supergraph.ts';
import { RequestError } from '../report/errors.ts';

/** What of an operation is run for callers with certain rights. */
export interface Executable {
  /** Tells it from every other one. */
  readonly id: number;
  /** Where the events of a subscription come from; null for anything else. */
  readonly source: SubscriptionNode['primary'] | null;
  /** Whether an event is answered as it comes, and no other subgraph adds to it. */
  readonly isWholeEvent: boolean;
  readonly fetch: Step;
  /** JSON text of `data`; undefined when nothing of it may be answered. */
  write(data: Obj, writing: Writing): string | undefined;
  /** What the caller asked for and may not have. */
  readonly removed: readonly Removed[];
  /** What keeps all of it from being run, with these variables. */
  refused(variables: Obj): readonly Removed[];
}

export interface ExecutableContext {
  readonly loaded: LoadedSupergraph;
  readonly rules: Rules;
  readonly planner: Planner;
  /** Plans what is left of a known operation for a caller, where that disturbs nobody else. */
  planAgain(document: DocumentNode, operationName: string | undefined, who: string): QueryPlan | Promise<QueryPlan>;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** Tells types of all subgraphs apart, inaccessible ones included. */
  readonly planTypes: TypeTest;
}

let lastId = 0;

const nothing: Step = () => Promise.resolve();

/** Compiles an operation for those who may see all of it. */
export function compileWhole(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  cost: CostContext,
  context: ExecutableContext,
  plan: QueryPlan,
): Executable {
  return {
    ...fetching(document, operation, plan, context, null),
    write: compileShape(rootOf(operation, context), [{ set: operation.selectionSet, condition: [] }], {
      ...cost,
      denied: null,
    }),
    removed: [],
    refused: () => [],
  };
}

/**
 * Compiles an operation for callers who fail some of its requirements: what they may not see is taken out and never fetched, and
 * neither is what could only be found by a key they may not see.
 */
export async function compileRestricted(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  failed: ReadonlySet<Requirement>,
  cost: CostContext,
  context: ExecutableContext,
  who: string,
): Promise<Executable> {
  const { loaded } = context;
  const { schema } = loaded;
  const denied = new Map<string, Requirement>();
  for (;;) {
    const rules = withDenied(context.rules, denied, loaded.fullSchema);
    const allowed = restrictDocument(document, operation, schema, rules, failed);
    const plan = allowed ? await context.planAgain(allowed, operation.name?.value, who) : null;
    const before = denied.size;
    if (plan) {
      const found = deniedByKeys(plan, context.rules, loaded.fullSchema, failed);
      for (const [field, missing] of found) denied.set(field, missing);
    }
    if (denied.size > before) continue;
    const denies = (requirements: readonly Requirement[]): boolean => requirements.some((one) => failed.has(one));
    const hides = (type: string): boolean => denies(rules.ofType(type));
    return {
      ...fetching(allowed, operation, plan, context, hides),
      write: compileShape(rootOf(operation, context), [{ set: operation.selectionSet, condition: [] }], {
        ...cost,
        denied: {
          field: (parent, field) => denies(rules.ofField(parent, field)),
          type: hides,
        },
      }),
      removed: removedFields(document, operation, schema, rules, failed),
      refused: operation.operation === 'mutation' ? refusedRoots(document, operation, schema, rules, failed) : () => [],
    };
  }
}

const rootOf = ({ operation }: OperationDefinitionNode, { loaded }: ExecutableContext): GraphQLObjectType =>
  loaded.schema.getRootType(operation) as GraphQLObjectType;

function fetching(
  document: DocumentNode | null,
  { operation }: OperationDefinitionNode,
  plan: QueryPlan | null,
  context: ExecutableContext,
  hides: Hides,
): Pick<Executable, 'id' | 'source' | 'isWholeEvent' | 'fetch'> {
  if (document && plan && !plan.node && asksForData(document, context.loaded)) {
    throw new RequestError('UNANSWERABLE_OPERATION', 'No subgraph can answer this operation.', 400);
  }
  return {
    id: ++lastId,
    source: plan?.node?.kind === 'Subscription' ? plan.node.primary : null,
    isWholeEvent: plan?.node?.kind === 'Subscription' && plan.node.rest === undefined,
    fetch: plan ? compileFetches(plan, operation === 'mutation', context, hides) : nothing,
  };
}

/** Whether an operation selects anything that only a subgraph can answer. */
function asksForData(document: DocumentNode, { schema, fullSchema }: LoadedSupergraph): boolean {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return false;
  const selected = [{ set: operation.selectionSet, condition: [] }];
  return collectFields(selected, root.name, fragmentsOf(document), typeTest(fullSchema)).some(
    ({ name }) => !name.startsWith('__'),
  );
}

function compileFetches(
  { node }: QueryPlan,
  isMutation: boolean,
  { subgraphs, planTypes, loaded }: ExecutableContext,
  hides: Hides,
): Step {
  // The primary fetch of a subscription is its event source; what is left to run for each event is the rest.
  return compilePlan(node?.kind === 'Subscription' ? node.rest : node, isMutation, {
    subgraphs,
    isA: planTypes,
    stands: loaded.stands,
    requires: loaded.requires,
    keys: loaded.keys,
    hides,
  });
}

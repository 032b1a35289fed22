import type { QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLObjectType, Kind, type OperationDefinitionNode } from 'graphql';
import { type Removed, removedFields, restrictDocument } from '../authorisation/restrict.ts';
import type { Requirement, Rules } from '../authorisation/rules.ts';
import type { CostContext } from '../cost/estimate.ts';
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
}

export interface ExecutableContext {
  readonly loaded: LoadedSupergraph;
  readonly rules: Rules;
  readonly planner: Planner;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** Tells types of all subgraphs apart, inaccessible ones included. */
  readonly planTypes: TypeTest;
}

let lastId = 0;

const nothing: Step = () => Promise.resolve();

export function compileExecutable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  failed: ReadonlySet<Requirement>,
  cost: CostContext,
  context: ExecutableContext,
  given?: QueryPlan,
): Executable {
  const { loaded, rules, planner } = context;
  const allowed = failed.size === 0 ? document : restrictDocument(document, operation, loaded.schema, rules, failed);
  const plan = given ?? (allowed && planner.plan(allowed, operation.name?.value));
  if (allowed && plan && !plan.node && asksForData(allowed, loaded)) {
    throw new RequestError('UNANSWERABLE_OPERATION', 'No subgraph can answer this operation.', 400);
  }
  const denies = (requirements: readonly Requirement[]): boolean => requirements.some((one) => failed.has(one));
  return {
    id: ++lastId,
    source: plan?.node?.kind === 'Subscription' ? plan.node.primary : null,
    isWholeEvent: plan?.node?.kind === 'Subscription' && plan.node.rest === undefined,
    fetch: plan ? compileFetches(plan, operation.operation === 'mutation', context) : nothing,
    write: compileShape(
      loaded.schema.getRootType(operation.operation) as GraphQLObjectType,
      [{ set: operation.selectionSet, condition: [] }],
      {
        ...cost,
        denied:
          failed.size === 0
            ? null
            : {
                field: (parent, field) => denies(rules.ofField(parent, field)),
                type: (name) => denies(rules.ofType(name)),
              },
      },
    ),
    removed: failed.size === 0 ? [] : removedFields(document, operation, loaded.schema, rules, failed),
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
): Step {
  // The primary fetch of a subscription is its event source; what is left to run for each event is the rest.
  return compilePlan(node?.kind === 'Subscription' ? node.rest : node, isMutation, {
    subgraphs,
    isA: planTypes,
    stands: loaded.stands,
    requires: loaded.requires,
    keys: loaded.keys,
  });
}

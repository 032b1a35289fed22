import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { fragmentsOf } from '../execute/selection.ts';
import { isIntrospection } from '../operations/introspection.ts';
import { chooseOperation } from '../operations/read-document.ts';
import { RequestError } from '../report/errors.ts';
import { anchorConditions } from './anchor.ts';
import type { PlanningGraph } from './supergraph.ts';

export interface Planner {
  /** @throws when the operation has more ways through the subgraphs than the planner may look at. */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
}

/**
 * Ways through the subgraphs that are considered for one path of fields. Graphs whose entities have one owner need a
 * handful; a graph that shares object fields widely can need millions, which would block the process for minutes.
 */
const pathsLimit = 2_000;

export function createPlanner(loaded: PlanningGraph): Planner {
  const make = (typeConditionedFetching: boolean): QueryPlanner =>
    new QueryPlanner(loaded.planned, {
      exposeDocumentNodeInFetchNode: false,
      // Fetches are merged with each other afterwards, which named fragments would only hide from.
      reuseQueryFragments: false,
      typeConditionedFetching,
      debug: { pathsLimit, maxEvaluatedPlans: 1_000 },
    });
  const plain = make(false);
  let conditioned: QueryPlanner | undefined;
  return {
    plan(document, operationName) {
      // The planner knows introspection of its own time only, and has no part in it.
      if (isIntrospection(chooseOperation(document, operationName), fragmentsOf(document)))
        return { kind: 'QueryPlan' };
      return inOurWords(() => {
        const operation = operationFromDocument(loaded.planningSchema, anchorConditions(document), {
          operationName,
          validate: false,
        });
        if (!narrowsTypes(document, loaded.schema)) return plain.buildQueryPlan(operation);
        conditioned ??= make(true);
        return conditioned.buildQueryPlan(operation);
      });
    },
  };
}

/** The planner's own codes tell a client nothing that these do not. */
function inOurWords(plan: () => QueryPlan): QueryPlan {
  try {
    return plan();
  } catch (error) {
    const code = error instanceof GraphQLError ? error.extensions.code : undefined;
    if (code === 'QUERY_PLAN_COMPLEXITY_EXCEEDED') {
      throw new RequestError(
        'OPERATION_TOO_COMPLEX',
        'The operation has too many ways through the subgraphs to be planned.',
      );
    }
    if (code === 'INVALID_GRAPHQL' && error instanceof Error) throw new RequestError('BAD_REQUEST', error.message);
    throw error;
  }
}

/**
 * Whether a fragment applies to some of the objects at its place only. Below it the same response name may stand for
 * different fields, so places have to be told apart by the types on the way to them.
 */
export function narrowsTypes(document: DocumentNode, schema: GraphQLSchema): boolean {
  const types = new TypeInfo(schema);
  const conditions = new Map(
    document.definitions.flatMap((one) =>
      one.kind === 'FragmentDefinition' ? [[one.name.value, one.typeCondition.name.value] as const] : [],
    ),
  );
  let narrows = false;
  const look = (condition: string | undefined): void => {
    const parent = types.getParentType();
    if (parent && condition && parent.name !== condition) narrows = true;
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet(node) {
        for (const one of node.selections) {
          if (one.kind === 'InlineFragment') look(one.typeCondition?.name.value);
          if (one.kind === 'FragmentSpread') look(conditions.get(one.name.value));
        }
      },
    }),
  );
  return narrows;
}

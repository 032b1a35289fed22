import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { LoadedSupergraph } from './supergraph.ts';

export interface Planner {
  /** @throws when the operation has more ways through the subgraphs than the planner may look at. */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
}

/**
 * Ways through the subgraphs that are considered for one path of fields. Graphs whose entities have one owner need a
 * handful; a graph that shares object fields widely can need millions, which would block the process for minutes.
 */
const pathsLimit = 2_000;

export function createPlanner(loaded: LoadedSupergraph): Planner {
  const planner = new QueryPlanner(loaded.planned, {
    exposeDocumentNodeInFetchNode: false,
    // Fetches are merged with each other afterwards, which named fragments would only hide from.
    reuseQueryFragments: false,
    debug: { pathsLimit, maxEvaluatedPlans: 1_000 },
  });
  return {
    plan(document, operationName) {
      const operation = operationFromDocument(loaded.planningSchema, document, { operationName, validate: false });
      return planner.buildQueryPlan(operation);
    },
  };
}

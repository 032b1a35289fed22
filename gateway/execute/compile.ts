import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { type Position, position } from './collect.ts';
import { compileFetch, type Step } from './fetch.ts';
import type { Subgraph } from './run.ts';
import type { TypeTest } from './types.ts';

export interface CompileContext {
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly isA: TypeTest;
}

const nothing: Step = () => Promise.resolve();

/** Turns a query plan into one function, so that a request pays for its data and not for reading the plan. */
export function compilePlan(node: PlanNode | undefined, context: CompileContext): Step {
  return node ? compileNode(node, null, context) : nothing;
}

function compileNode(node: PlanNode, at: Position | null, context: CompileContext): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, subgraphOf(node, context), at, context.isA);
    case 'Flatten':
      return compileNode(node.node, position(node.path, context.isA), context);
    case 'Sequence': {
      const steps = node.nodes.map((child) => compileNode(child, at, context));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compileNode(child, at, context));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    case 'Condition': {
      const whenTrue = node.ifClause ? compileNode(node.ifClause, at, context) : nothing;
      const whenFalse = node.elseClause ? compileNode(node.elseClause, at, context) : nothing;
      return (run) => (run.coerced[node.condition] === true ? whenTrue(run) : whenFalse(run));
    }
    case 'Defer':
      throw new Error('@defer is not supported');
  }
}

export function subgraphOf(node: FetchNode | SubscriptionNode['primary'], context: CompileContext): Subgraph {
  const subgraph = context.subgraphs.get(node.serviceName);
  if (!subgraph) throw new Error(`The supergraph names a subgraph that is not there: ${node.serviceName}`);
  return subgraph;
}

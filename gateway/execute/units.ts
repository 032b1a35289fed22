import type { FetchNode, PlanNode } from '@apollo/query-planner';

/** A boolean variable that must have this value for a fetch to be made. */
export interface Guard {
  readonly variable: string;
  readonly value: boolean;
}

/** One fetch of a plan, with what it waits for instead of where it stands in the tree. */
export interface Unit {
  readonly id: number;
  readonly node: FetchNode;
  /** Where in the answer its entities stand; null for the root. */
  readonly path: readonly (string | number)[] | null;
  readonly guards: readonly Guard[];
  readonly after: readonly number[];
}

/** Reads the fetches of a plan. Every unit comes after those it waits for. */
export function unitsOf(plan: PlanNode | undefined): Unit[] {
  const units: Unit[] = [];
  const visit = (
    node: PlanNode,
    path: Unit['path'],
    guards: readonly Guard[],
    after: readonly number[],
  ): readonly number[] => {
    switch (node.kind) {
      case 'Fetch': {
        const id = units.length;
        units.push({ id, node, path, guards, after });
        return [id];
      }
      case 'Flatten':
        return visit(node.node, node.path, guards, after);
      case 'Sequence': {
        let done = after;
        for (const child of node.nodes) {
          const exits = visit(child, path, guards, done);
          if (exits.length > 0) done = exits;
        }
        return done;
      }
      case 'Parallel':
        return [...new Set(node.nodes.flatMap((child) => visit(child, path, guards, after)))];
      case 'Condition': {
        const branch = (child: PlanNode | undefined, value: boolean): readonly number[] =>
          child ? visit(child, path, [...guards, { variable: node.condition, value }], after) : [];
        return [...branch(node.ifClause, true), ...branch(node.elseClause, false)];
      }
      case 'Defer':
        throw new Error('@defer is not supported');
    }
  };
  if (plan) visit(plan, null, [], []);
  return units;
}

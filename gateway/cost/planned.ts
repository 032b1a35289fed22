import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import type { Obj } from '../execute/run.ts';
import { collectFields, type FieldGroup, presence, type Selected, subSelections } from '../execute/selection.ts';
import { type CostContext, fieldSize, mutationBase, ofType } from './estimate.ts';

/** What the plan's fetches cost, by subgraph: more than was asked for where `@requires` fetches objects of its own. */
export type PlannedCost = (variables: Obj) => Map<string, number>;

/**
 * @param answer how the client's operation is priced: gives the number of entities at each place.
 * @param fetched the same over the full schema: prices what is fetched, inaccessible fields included.
 */
export function compilePlanned(
  plan: QueryPlan,
  operation: OperationDefinitionNode,
  answer: CostContext,
  fetched: CostContext,
): PlannedCost {
  const parts: { subgraph: string; isRun: IsRun; cost: (variables: Obj) => number }[] = [];
  const visit = (node: PlanNode | undefined, path: readonly (string | number)[], isRun: IsRun): void => {
    switch (node?.kind) {
      case 'Sequence':
      case 'Parallel':
        for (const child of node.nodes) visit(child, path, isRun);
        return;
      case 'Flatten':
        return visit(node.node, node.path, isRun);
      case 'Condition':
        visit(node.ifClause, path, (variables) => isRun(variables) && variables[node.condition] === true);
        return visit(node.elseClause, path, (variables) => isRun(variables) && variables[node.condition] !== true);
      case 'Fetch': {
        const size = placeSize(operation, path, answer);
        const one = fetchCost(node, fetched);
        parts.push({ subgraph: node.serviceName, isRun, cost: (variables) => size(variables) * one(variables) });
      }
    }
  };
  if (plan.node?.kind === 'Subscription') {
    visit(plan.node.primary, [], always);
    visit(plan.node.rest, [], always);
  } else visit(plan.node, [], always);
  return (variables) => {
    const out = new Map<string, number>();
    // An operation has one base, however many fetches its fields are spread over.
    let base = operation.operation === 'mutation' ? mutationBase : 0;
    for (const { subgraph, isRun, cost } of parts) {
      if (!isRun(variables)) continue;
      out.set(subgraph, (out.get(subgraph) ?? 0) + base + cost(variables));
      base = 0;
    }
    return out;
  };
}

/** Whether a fetch is made at all, by the conditions it stands under in the plan. */
type IsRun = (variables: Obj) => boolean;

const always: IsRun = () => true;

/** Cost of what one fetch asks for, once for each entity. */
function fetchCost(node: FetchNode, context: CostContext): (variables: Obj) => number {
  const document = parse(node.operation, { noLocation: true });
  const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!definition) return () => 0;
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const inner = { ...context, fragments };
  const entities = node.requires?.length ? (definition.selectionSet.selections[0] as FieldNode) : null;
  if (!entities?.selectionSet) {
    const root = context.schema.getRootType(definition.operation);
    const estimate = root && ofType(root, [{ set: definition.selectionSet, condition: [] }], null, inner);
    return (variables) => (estimate ? estimate(variables, 0) : 0);
  }
  const types = new Set(
    entities.selectionSet.selections.flatMap((one) =>
      one.kind === Kind.INLINE_FRAGMENT ? (one.typeCondition?.name.value ?? []) : [],
    ),
  );
  const selected: Selected[] = [{ set: entities.selectionSet, condition: [] }];
  const estimates = [...types].flatMap((name) => {
    const type = context.schema.getType(name);
    return isCompositeType(type) ? [ofType(type, selected, null, inner)] : [];
  });
  return (variables) => Math.max(0, ...estimates.map((estimate) => estimate(variables, 0)));
}

/** How many objects are to be expected at a place of the answer. */
function placeSize(
  operation: OperationDefinitionNode,
  path: readonly (string | number)[],
  context: CostContext,
): (variables: Obj) => number {
  let type: GraphQLCompositeType | null | undefined = context.schema.getRootType(operation.operation);
  let selected: readonly Selected[] = [{ set: operation.selectionSet, condition: [] }];
  let sized: ReadonlySet<string> | null = null;
  const sizes: ((variables: Obj, inherited: number) => { size: number; inherited: number })[] = [];
  for (const element of path) {
    const name = String(element).split('|')[0];
    if (name === '@' || !name) continue;
    const found: FoundField | null | undefined = type && findField(type, selected, name, context);
    if (!found) break;
    const size = fieldSize(found.parent, found.field, found.group, sized, context);
    const present = presence(found.group);
    sizes.push((variables, inherited) => {
      if (present && !present(variables)) return { size: 0, inherited: 0 };
      const ruled = size.ruled(size.values(variables));
      return { size: size.isList ? (size.inherits ? inherited : ruled) : 1, inherited: ruled };
    });
    const next: GraphQLNamedType = getNamedType(found.field.type);
    type = isCompositeType(next) ? next : null;
    selected = subSelections(found.group);
    sized = size.sized;
  }
  return (variables) => {
    let total = 1;
    let inherited = 0;
    for (const step of sizes) {
      const next = step(variables, inherited);
      total *= next.size;
      inherited = next.inherited;
    }
    return total;
  };
}

interface FoundField {
  parent: string;
  field: GraphQLField<unknown, unknown>;
  group: FieldGroup;
}

function findField(
  type: GraphQLCompositeType,
  selected: readonly Selected[],
  responseName: string,
  context: CostContext,
): FoundField | null {
  const members = isAbstractType(type) ? context.schema.getPossibleTypes(type) : [type];
  for (const member of members) {
    const group = collectFields(selected, member.name, context.fragments, context.isA).find(
      (one) => one.responseName === responseName,
    );
    const field = group && member.getFields()[group.name];
    if (field) return { parent: member.name, field, group };
  }
  return null;
}

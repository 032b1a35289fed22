import type { QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, type GraphQLSchema, isInterfaceType, Kind, parse, type SelectionNode } from 'graphql';
import { type Unit, unitsOf } from '../execute/units.ts';
import type { Requirement, Rules } from './rules.ts';

/** A fetch of entities whose representations hold something that is protected. */
interface Guarded {
  readonly needs: readonly Requirement[];
  /** Coordinates of what it fetches. */
  readonly fields: readonly string[];
}

const startOf = ({ node }: QueryPlan) => (node?.kind === 'Subscription' ? node.rest : node);

/** What a caller needs for the keys by which a plan finds its entities. */
export function keyRequirements(plan: QueryPlan, rules: Rules): Requirement[] {
  if (rules.empty) return [];
  return [...new Set(guardedFetches(plan, rules).flatMap(({ needs }) => needs))];
}

/**
 * Fields that a plan can only fetch by a key the caller may not see, each with what is missing: as `Type.field`. To hand out what
 * was found by a protected key would tell its value, and who can find it.
 */
export function deniedByKeys(
  plan: QueryPlan,
  rules: Rules,
  failed: ReadonlySet<Requirement>,
): Map<string, Requirement> {
  const denied = new Map<string, Requirement>();
  for (const { needs, fields } of guardedFetches(plan, rules)) {
    const missing = needs.find((one) => failed.has(one));
    if (missing) for (const field of fields) denied.set(field, missing);
  }
  return denied;
}

/** The same rules, and a few fields that need something more. */
export function withDenied(rules: Rules, denied: ReadonlyMap<string, Requirement>, schema: GraphQLSchema): Rules {
  const objectsOf = (parent: string): string[] => {
    const type = schema.getType(parent);
    return isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [parent];
  };
  return {
    ...rules,
    empty: false,
    ofField: (parent, field) => [
      ...rules.ofField(parent, field),
      ...objectsOf(parent).flatMap((type) => denied.get(`${type}.${field}`) ?? []),
    ],
  };
}

function guardedFetches(plan: QueryPlan, rules: Rules): Guarded[] {
  const found = new Map<number, Guarded>();
  const units = unitsOf(startOf(plan));
  for (const unit of units) {
    const needs = new Set(needsOf(unit.node.requires ?? [], '', rules));
    // What is found by something that was itself found by a protected key.
    for (const earlier of unit.after) {
      const before = found.get(earlier);
      if (before && dependsOn(unit, units[earlier] as Unit)) for (const one of before.needs) needs.add(one);
    }
    if (needs.size > 0) found.set(unit.id, { needs: [...needs], fields: fetchedBy(unit) });
  }
  return [...found.values()];
}

function needsOf(selections: readonly QueryPlanSelectionNode[], type: string, rules: Rules): Requirement[] {
  return selections.flatMap((one) => {
    if (one.kind === 'InlineFragment') return needsOf(one.selections, one.typeCondition ?? type, rules);
    return one.name === '__typename' ? [] : [...rules.ofField(type, one.name)];
  });
}

/** Whether a fetch sends what the other one brought for the same objects. */
function dependsOn(later: Unit, earlier: Unit): boolean {
  if (later.path?.join('.') !== earlier.path?.join('.')) return false;
  const brought = new Set(fetchedBy(earlier).map((coordinate) => coordinate.split('.')[1]));
  const sends = (selections: readonly QueryPlanSelectionNode[]): boolean =>
    selections.some((one) =>
      one.kind === 'InlineFragment' ? sends(one.selections) : one.name !== '__typename' && brought.has(one.name),
    );
  return sends(later.node.requires ?? []);
}

/** Fields of the entities themselves, by their coordinates. */
function fetchedBy({ node }: Unit): string[] {
  const [definition] = parse(node.operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
  const visit = (selections: readonly SelectionNode[], type: string): string[] =>
    selections.flatMap((one) => {
      if (one.kind === Kind.FIELD) return one.name.value === '__typename' ? [] : [`${type}.${one.name.value}`];
      if (one.kind === Kind.FRAGMENT_SPREAD) return [];
      return visit(one.selectionSet.selections, one.typeCondition?.name.value ?? type);
    });
  return visit((definition.selectionSet.selections[0] as FieldNode).selectionSet?.selections ?? [], '');
}

import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { unitsOf } from '../execute/units.ts';
import { protectedMembers, type Requirement, type Rules } from './rules.ts';

/** A fetch of entities whose representations hold something that is protected. */
interface Guarded {
  readonly needs: readonly Requirement[];
  /** Coordinates of what it fetches. */
  readonly fields: readonly string[];
}

const startOf = ({ node }: QueryPlan) => (node?.kind === 'Subscription' ? node.rest : node);

/** What a caller needs for the keys by which a plan finds its entities. */
export function keyRequirements(plan: QueryPlan, rules: Rules, schema: GraphQLSchema): Requirement[] {
  if (rules.empty) return [];
  return [...new Set(guardedFetches(plan, rules, schema).flatMap(({ needs }) => needs))];
}

/**
 * Fields that a plan can only fetch by a key the caller may not see, each with what is missing: as `Type.field`. To hand out what
 * was found by a protected key would tell its value, and who can find it.
 */
export function deniedByKeys(
  plan: QueryPlan,
  rules: Rules,
  schema: GraphQLSchema,
  failed: ReadonlySet<Requirement>,
): Map<string, Requirement> {
  const denied = new Map<string, Requirement>();
  for (const { needs, fields } of guardedFetches(plan, rules, schema)) {
    const missing = needs.find((one) => failed.has(one));
    if (missing) for (const field of fields) denied.set(field, missing);
  }
  return denied;
}

/** The same rules, and a few fields that need something more. */
export function withDenied(rules: Rules, denied: ReadonlyMap<string, Requirement>, schema: GraphQLSchema): Rules {
  return {
    ...rules,
    empty: false,
    ofField: (parent, field) => [
      ...rules.ofField(parent, field),
      ...[...kinOf(parent, schema)].flatMap((type) => denied.get(`${type}.${field}`) ?? []),
    ],
  };
}

/**
 * Types under which the objects of a type may be fetched: what is asked of an interface may be fetched of its objects, and what is
 * asked of an object, of an interface, where a subgraph knows no objects of it.
 */
function kinOf(parent: string, schema: GraphQLSchema): Set<string> {
  const type = schema.getType(parent);
  const objects = isInterfaceType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  return new Set([
    parent,
    ...objects.flatMap((object) => [object.name, ...object.getInterfaces().map(({ name }) => name)]),
  ]);
}

function guardedFetches(plan: QueryPlan, rules: Rules, schema: GraphQLSchema): Guarded[] {
  const found: Guarded[] = [];
  /** Places in the answer that were filled by a protected key: what is found by them was found by it as well. */
  const filled = new Map<string, ReadonlySet<Requirement>>();
  for (const { node, path } of unitsOf(startOf(plan))) {
    const sent = node.requires ?? [];
    const at = placeOf(path ?? []);
    const needs = new Set(needsOf(sent, '', rules, schema));
    for (const place of placesSent(sent, at)) for (const one of filled.get(place) ?? []) needs.add(one);
    if (needs.size === 0) continue;
    const fetched = fetchedBy(node);
    for (const place of placesFetched(fetched, at))
      filled.set(place, new Set([...(filled.get(place) ?? []), ...needs]));
    found.push({ needs: [...needs], fields: coordinatesOf(fetched, '') });
  }
  return found;
}

function needsOf(
  selections: readonly QueryPlanSelectionNode[],
  parent: string,
  rules: Rules,
  schema: GraphQLSchema,
): Requirement[] {
  return selections.flatMap((one) => {
    if (one.kind === 'InlineFragment') return needsOf(one.selections, one.typeCondition ?? parent, rules, schema);
    if (one.name === '__typename') return [];
    const type = schema.getType(parent);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[one.name] : undefined;
    const inside = field ? getNamedType(field.type).name : '';
    return [
      ...rules.ofField(parent, one.name),
      ...protectedMembers(rules, schema, inside),
      ...needsOf(one.selections ?? [], inside, rules, schema),
    ];
  });
}

/** Where something stands in the answer, by response names alone. */
const placeOf = (path: readonly (string | number)[]): string =>
  path.reduce<string>((at, element) => {
    const name = String(element).replace(/\|?\[.*\]$/, '');
    return name === '' || name === '@' ? at : `${at}.${name}`;
  }, '');

function placesSent(selections: readonly QueryPlanSelectionNode[], at: string): string[] {
  return selections.flatMap((one) => {
    if (one.kind === 'InlineFragment') return placesSent(one.selections, at);
    if (one.name === '__typename') return [];
    const place = `${at}.${one.name}`;
    return [place, ...placesSent(one.selections ?? [], place)];
  });
}

function placesFetched(selections: readonly SelectionNode[], at: string): string[] {
  return selections.flatMap((one) => {
    if (one.kind === Kind.FRAGMENT_SPREAD) return [];
    if (one.kind === Kind.INLINE_FRAGMENT) return placesFetched(one.selectionSet.selections, at);
    if (one.name.value === '__typename') return [];
    const alias = one.alias?.value;
    // An alias of the planner's own is undone before anything is sent on.
    const place = `${at}.${!alias || /__alias_\d+$/.test(alias) ? one.name.value : alias}`;
    return [place, ...placesFetched(one.selectionSet?.selections ?? [], place)];
  });
}

/** What a fetch selects of its entities. */
function fetchedBy({ operation }: FetchNode): readonly SelectionNode[] {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
  return (definition.selectionSet.selections[0] as FieldNode).selectionSet?.selections ?? [];
}

/** Fields of the entities themselves, by their coordinates. */
function coordinatesOf(selections: readonly SelectionNode[], type: string): string[] {
  return selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return one.name.value === '__typename' ? [] : [`${type}.${one.name.value}`];
    if (one.kind === Kind.FRAGMENT_SPREAD) return [];
    return coordinatesOf(one.selectionSet.selections, one.typeCondition?.name.value ?? type);
  });
}

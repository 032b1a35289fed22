import {
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { Obj } from '../execute/run.ts';
import { collectFields, type FieldGroup, presence, type Selected, subSelections } from '../execute/selection.ts';
import type { TypeTest } from '../execute/types.ts';
import { RequestError } from '../report/errors.ts';
import { argumentReader, argumentsCost } from './arguments.ts';
import type { ListSize, Weights } from './weights.ts';

export interface CostContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly isA: TypeTest;
  readonly weights: Weights;
  /** Entries assumed in a list that says nothing about its size. */
  readonly listSize: number;
  /** Most entries that one page may be asked for. */
  readonly pageSize: number;
}

/** What a mutation costs before it does anything. */
export const mutationBase = 10;

/** Costs of a selection set; `inherited` is what the parent's `@listSize` says of its `sizedFields`. */
type Estimate = (variables: Obj, inherited: number) => number;

/**
 * Compiles the static cost of an operation by the rule Apollo Router documents: a field costs its size times the weight of
 * one value with its selections, plus its arguments.
 */
export function compileEstimate(operation: OperationDefinitionNode, context: CostContext): (variables: Obj) => number {
  const root = context.schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const estimate = ofObject(root, [{ set: operation.selectionSet, condition: [] }], null, context);
  const base = operation.operation === 'mutation' ? mutationBase : 0;
  return (variables) => base + estimate(variables, 0);
}

export function ofType(
  type: GraphQLNamedType,
  selected: readonly Selected[],
  sized: ReadonlySet<string> | null,
  context: CostContext,
): Estimate {
  if (isObjectType(type)) return ofObject(type, selected, sized, context);
  if (!isAbstractType(type)) return () => 0;
  const members = context.schema
    .getPossibleTypes(type)
    .map((member) => ({ weight: memberWeight(member, context), estimate: ofObject(member, selected, sized, context) }));
  return (variables, inherited) => {
    let dearest = 0;
    for (const { weight, estimate } of members) dearest = Math.max(dearest, weight + estimate(variables, inherited));
    return dearest;
  };
}

/** What a member's own `@cost` adds to the weight already counted for the abstract type. */
export function memberWeight(member: GraphQLObjectType, { weights }: CostContext): number {
  return Math.max(0, (weights.declared(member.name) ?? 1) - 1);
}

function ofObject(
  type: GraphQLObjectType,
  selected: readonly Selected[],
  sized: ReadonlySet<string> | null,
  context: CostContext,
): Estimate {
  const parts = collectFields(selected, type.name, context.fragments, context.isA).flatMap((group) => {
    const field = type.getFields()[group.name];
    return field ? [{ present: presence(group), estimate: ofField(type.name, field, group, sized, context) }] : [];
  });
  return (variables, inherited) => {
    let sum = 0;
    for (const { present, estimate } of parts)
      if (!present || present(variables)) sum += estimate(variables, inherited);
    return sum;
  };
}

function ofField(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  group: FieldGroup,
  sizedByParent: ReadonlySet<string> | null,
  context: CostContext,
): Estimate {
  const { weights } = context;
  const type = getNamedType(field.type);
  const freeLeaves = isLeafType(type) && !weights.isWeighted(parent, field.name, type);
  const ofArguments = argumentsCost(parent, field, weights);
  const isPaged = context.pageSize < Number.POSITIVE_INFINITY && weights.listSize(parent, field.name)?.slicingArguments;
  if (freeLeaves && !ofArguments && !isPaged) return () => 0;

  const sizes = fieldSize(parent, field, group, sizedByParent, context, ofArguments !== null);
  const weight = weights.ofField(parent, field.name, type);
  const selections = isLeafType(type) ? null : ofType(type, subSelections(group), sizes.sized, context);
  return (variables, inherited) => {
    const values = sizes.values(variables);
    const ruled = sizes.ruled(values);
    const one = freeLeaves ? 0 : weight + (selections ? selections(variables, ruled) : 0);
    const size = sizes.isList ? (sizes.inherits ? inherited : ruled) : 1;
    return size * one + (ofArguments ? ofArguments(values) : 0);
  };
}

export interface FieldSize {
  readonly isList: boolean;
  /** Whether the parent's `@listSize` gives the size of this list. */
  readonly inherits: boolean;
  /** Fields below that this field's `@listSize` gives the size of. */
  readonly sized: ReadonlySet<string> | null;
  values(variables: Obj): Obj;
  /** Size by the field's own rule, or the default. */
  ruled(values: Obj): number;
}

export function fieldSize(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  group: FieldGroup,
  sizedByParent: ReadonlySet<string> | null,
  context: CostContext,
  weighsArguments = false,
): FieldSize {
  const rule = context.weights.listSize(parent, field.name);
  const node = group.occurrences[0]?.node;
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  const sized = rule?.sizedFields?.length ? new Set(rule.sizedFields) : null;
  return {
    isList,
    inherits: sizedByParent?.has(field.name) ?? false,
    sized,
    values: node && (rule?.slicingArguments?.length || weighsArguments) ? argumentReader(node, field) : () => ({}),
    ruled: (values) =>
      rule && (isList || sized) ? sizeByRule(rule, values, parent, field.name, context) : context.listSize,
  };
}

/** @throws RequestError PAGE_TOO_LARGE, or BAD_USER_INPUT for more or less slicing arguments than the rule wants. */
function sizeByRule(
  rule: ListSize,
  values: Obj,
  parent: string,
  field: string,
  { listSize, pageSize }: CostContext,
): number {
  const found = (rule.slicingArguments ?? []).flatMap((path) => sizeAt(values, path.split('.'), pageSize) ?? []);
  if (rule.requireOneSlicingArgument !== false && rule.slicingArguments?.length && found.length !== 1) {
    throw new RequestError(
      'BAD_USER_INPUT',
      `${parent}.${field} needs exactly one of its arguments ${rule.slicingArguments.join(', ')}.`,
    );
  }
  return found.length > 0 ? Math.max(...found) : (rule.assumedSize ?? listSize);
}

function sizeAt(values: unknown, path: readonly string[], pageSize: number): number | null {
  let value: unknown = values;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Obj)[name];
  }
  // What is brought along is no page.
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  if (value > pageSize) throw pageTooLarge(value, pageSize);
  return Math.max(0, value);
}

function pageTooLarge(found: number, allowed: number): RequestError {
  return new RequestError(
    'PAGE_TOO_LARGE',
    `A page may have at most ${allowed} entries, ${found} were asked for.`,
    400,
    {
      limit: { what: 'entries of a page', allowed },
    },
  );
}

/**
 * Works a cost out once where no variable has a say in it. Costs branch on variables alone, so that one which read none the
 * first time never will.
 */
export function onceIfConstant<T>(compile: (variables: Obj) => T): (variables: Obj) => T {
  let constant: { value: T } | null = null;
  // Let go of once it is not needed any more: there are thousands of operations.
  let cost: ((variables: Obj) => T) | null = compile;
  let isFirst = true;
  return (variables) => {
    if (constant) return constant.value;
    if (!isFirst) return (cost as typeof compile)(variables);
    isFirst = false;
    let reads = 0;
    const watched = new Proxy(variables, {
      get(target, name) {
        reads++;
        return target[name as string];
      },
    });
    const value = (cost as typeof compile)(watched);
    if (reads === 0) {
      constant = { value };
      cost = null;
    }
    return value;
  };
}

import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Obj } from '../execute/run.ts';
import type { Weights } from './weights.ts';

/** Values of a field's arguments for one request, schema defaults included. */
export type ReadArguments = (variables: Obj) => Obj;

export function argumentReader(node: FieldNode, field: GraphQLField<unknown, unknown>): ReadArguments {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const readers = field.args.map((argument) => {
    const value = given.get(argument.name);
    return { name: argument.name, read: value ? valueReader(value) : () => undefined, fallback: argument.defaultValue };
  });
  return (variables) => {
    const out: Obj = {};
    for (const { name, read, fallback } of readers) {
      const value = read(variables);
      out[name] = value === undefined ? fallback : value;
    }
    return out;
  };
}

function valueReader(node: ValueNode): (variables: Obj) => unknown {
  if (node.kind === 'Variable') {
    const name = node.name.value;
    return (variables) => variables[name];
  }
  return (variables) => valueFromASTUntyped(node, variables);
}

/** What a value weighs. */
type Score = (value: unknown) => number;

/** Weight of a field's arguments; null when none of them can ever weigh anything. */
export function argumentsCost(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  weights: Weights,
): ((values: Obj) => number) | null {
  const scorers = scorersOf(field.args, (name) => `${parent}.${field.name}(${name}:)`, weights, new Map());
  if (scorers.length === 0) return null;
  return (values) => total(scorers, values);
}

interface Scorer {
  readonly name: string;
  readonly score: Score;
}

/** Scorers of the arguments or input fields that can weigh something. */
function scorersOf(
  inputs: readonly { readonly name: string; readonly type: GraphQLInputType }[],
  coordinateOf: (name: string) => string,
  weights: Weights,
  known: Map<GraphQLInputObjectType, readonly Scorer[]>,
): Scorer[] {
  return inputs.flatMap(({ name, type }) => {
    const score = scorerOf(type, coordinateOf(name), weights, known);
    return score ? [{ name, score }] : [];
  });
}

function total(scorers: readonly Scorer[], values: Obj): number {
  let sum = 0;
  for (const { name, score } of scorers) if (Object.hasOwn(values, name)) sum += score(values[name]);
  return sum;
}

/** An input object weighs 1 unless `@cost` says otherwise, and so does each in a list; a scalar is free. */
function scorerOf(
  type: GraphQLInputType,
  coordinate: string,
  weights: Weights,
  known: Map<GraphQLInputObjectType, readonly Scorer[]>,
): Score | null {
  if (isNonNullType(type)) return scorerOf(type.ofType, coordinate, weights, known);
  if (isListType(type)) {
    const score = scorerOf(type.ofType, coordinate, weights, known);
    if (!score) return null;
    return (value) => {
      if (!Array.isArray(value)) return score(value);
      let sum = 0;
      for (const item of value) sum += score(item);
      return sum;
    };
  }
  const isAbsent = (value: unknown) => value === undefined || value === null;
  if (!isInputObjectType(type)) {
    const weight = weights.declared(coordinate) ?? 0;
    return weight === 0 ? null : (value) => (isAbsent(value) ? 0 : weight);
  }
  const own = weights.declared(coordinate) ?? weights.declared(type.name) ?? 1;
  // Looked up when first needed, because filters contain themselves.
  const fields = (): readonly Scorer[] => {
    let scorers = known.get(type);
    if (!scorers) {
      scorers = scorersOf(Object.values(type.getFields()), (name) => `${type.name}.${name}`, weights, known);
      known.set(type, scorers);
    }
    return scorers;
  };
  return (value) => (isAbsent(value) ? 0 : own + total(fields(), Object(value) as Obj));
}

import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
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

/** Weight of a field's arguments; null when none of them can ever weigh anything. */
export function argumentsCost(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  weights: Weights,
): ((values: Obj) => number) | null {
  const scorers = field.args.flatMap((argument) => {
    const coordinate = `${parent}.${field.name}(${argument.name}:)`;
    return canWeigh(argument, coordinate, weights) ? [{ name: argument.name, argument, coordinate }] : [];
  });
  if (scorers.length === 0) return null;
  return (values) =>
    scorers.reduce(
      (sum, { name, argument, coordinate }) => sum + score(values[name], argument.type, coordinate, weights),
      0,
    );
}

function canWeigh(argument: GraphQLArgument, coordinate: string, weights: Weights): boolean {
  return weights.declared(coordinate) !== undefined || isInputObjectType(getNamedType(argument.type));
}

/** An input object weighs 1 unless `@cost` says otherwise, and so does each in a list; a scalar is free. */
function score(value: unknown, type: GraphQLInputType, coordinate: string, weights: Weights): number {
  if (value === undefined || value === null) return 0;
  if (isNonNullType(type)) return score(value, type.ofType, coordinate, weights);
  if (isListType(type)) {
    if (!Array.isArray(value)) return score(value, type.ofType, coordinate, weights);
    let sum = 0;
    for (const item of value) sum += score(item, type.ofType, coordinate, weights);
    return sum;
  }
  if (!isInputObjectType(type)) return weights.declared(coordinate) ?? 0;
  let sum = weights.declared(coordinate) ?? weights.declared(type.name) ?? 1;
  const fields = type.getFields();
  for (const [name, inner] of Object.entries(value as Obj)) {
    const field = fields[name];
    if (field) sum += score(inner, field.type, `${type.name}.${name}`, weights);
  }
  return sum;
}

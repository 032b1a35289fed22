import {
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import type { Obj } from '../execute/run.ts';
import { InvalidVariables } from '../report/refuse.ts';
import { type Coerce, coercerOf, UNUSUAL } from './input-coercion.ts';

/** Errors of one request's variables that are reported at once. */
const errorsMax = 20;

interface Variable {
  readonly name: string;
  readonly coerce: Coerce;
  readonly isNullable: boolean;
  /** A default that may be given again and again; null where there is none, undefined where it has to be made anew. */
  readonly fallback: { readonly value: unknown } | null | undefined;
}

/**
 * Compiles how an operation's variables are coerced, as the specification wants it. Values that are as they should be take one
 * pass; all others, and all errors, are left to graphql.
 * @returns a function that throws InvalidVariables.
 */
export function compileVariables(
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): (given: Obj) => Obj {
  const usual = usualVariables(definitions, schema);
  return (given) => {
    const known = usual(given);
    if (known) return known;
    const result = getVariableValues(schema, definitions, given, { maxErrors: errorsMax });
    if (result.coerced) return result.coerced;
    throw new InvalidVariables(result.errors);
  };
}

/** As above, but answers null where graphql has to be asked. */
export function usualVariables(
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): (given: Obj) => Obj | null {
  if (definitions.length === 0) return () => ({});
  const variables = definitions.map((definition) => variableOf(definition, schema));
  return (given) => {
    const out: Obj = Object.create(null);
    for (const { name, coerce, isNullable, fallback } of variables) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined) {
        if (fallback === undefined || (fallback === null && !isNullable)) return null;
        if (fallback) out[name] = fallback.value;
        continue;
      }
      const coerced = coerce(value);
      if (coerced === UNUSUAL) return null;
      out[name] = coerced;
    }
    return out;
  };
}

function variableOf({ variable, type: node, defaultValue }: VariableDefinitionNode, schema: GraphQLSchema): Variable {
  const name = variable.name.value;
  const type = typeFromAST(schema, node);
  if (!isInputType(type)) return { name, coerce: () => UNUSUAL, isNullable: false, fallback: undefined };
  const isNullable = !isNonNullType(type);
  const coerce = coercerOf(type);
  if (!defaultValue) return { name, coerce, isNullable, fallback: null };
  const value = valueFromAST(defaultValue, type);
  return { name, coerce, isNullable, fallback: typeof value === 'object' && value !== null ? undefined : { value } };
}

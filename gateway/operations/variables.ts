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

/** Errors of one request's variables that are reported at once. */
const errorsMax = 20;

/** Values that are what they are: nothing about them has to be coerced. */
const plain: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
};

interface Variable {
  readonly name: string;
  readonly isPlain: ((value: unknown) => boolean) | undefined;
  readonly isNullable: boolean;
  /** A default that may be given again and again; null where there is none, undefined where it has to be made anew. */
  readonly fallback: { readonly value: unknown } | null | undefined;
}

/**
 * Compiles how an operation's variables are coerced, as the specification wants it. Most values need nothing, and finding that out
 * takes a look at each; all others, and all errors, are left to graphql.
 * @returns a function that throws InvalidVariables.
 */
export function compileVariables(
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): (given: Obj) => Obj {
  if (definitions.length === 0) return () => ({});
  const variables = definitions.map((definition) => variableOf(definition, schema));

  function coerced(given: Obj): Obj | null {
    const out: Obj = Object.create(null);
    for (const { name, isPlain, isNullable, fallback } of variables) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined) {
        if (fallback === undefined || (fallback === null && !isNullable)) return null;
        if (fallback) out[name] = fallback.value;
      } else if (value === null ? isNullable : isPlain?.(value)) out[name] = value;
      else return null;
    }
    return out;
  }

  return (given) => {
    const known = coerced(given);
    if (known) return known;
    const result = getVariableValues(schema, definitions, given, { maxErrors: errorsMax });
    if (result.coerced) return result.coerced;
    throw new InvalidVariables(result.errors);
  };
}

function variableOf({ variable, type: node, defaultValue }: VariableDefinitionNode, schema: GraphQLSchema): Variable {
  const name = variable.name.value;
  const type = typeFromAST(schema, node);
  if (!isInputType(type)) return { name, isPlain: undefined, isNullable: false, fallback: undefined };
  const isNullable = !isNonNullType(type);
  const inner = isNonNullType(type) ? type.ofType : type;
  const isPlain = 'name' in inner && Object.hasOwn(plain, inner.name) ? plain[inner.name] : undefined;
  if (!defaultValue) return { name, isPlain, isNullable, fallback: null };
  const value = valueFromAST(defaultValue, type);
  return { name, isPlain, isNullable, fallback: typeof value === 'object' && value !== null ? undefined : { value } };
}

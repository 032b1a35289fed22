import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import type { Obj } from '../execute/run.ts';

/** The coerced value, or UNUSUAL for one that has to be looked at by graphql, which also finds the words for what is wrong. */
export type Coerce = (value: unknown) => unknown;

export const UNUSUAL = Symbol('unusual');

/** Values that are what they are: nothing about them has to be coerced. */
const plain: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
};

/**
 * Compiles the coercion of an input type: graphql finds out anew for each of ten thousand values what its type is and notes the way
 * to it, in case it is wrong.
 */
export function coercerOf(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const inner = coercerOf(type.ofType);
    return (value) => (value === null || value === undefined ? UNUSUAL : inner(value));
  }
  const coerce = nullableCoercerOf(type);
  return (value) => (value === null ? null : coerce(value));
}

function nullableCoercerOf(type: GraphQLInputType): Coerce {
  if (isListType(type)) {
    const coerceItem = coercerOf(type.ofType);
    return (value) => {
      if (!Array.isArray(value)) return UNUSUAL;
      const items: unknown[] = [];
      for (const item of value) {
        const coerced = coerceItem(item);
        if (coerced === UNUSUAL) return UNUSUAL;
        items.push(coerced);
      }
      return items;
    };
  }
  if (isInputObjectType(type)) return objectCoercerOf(type);
  const isPlain = isScalarType(type) && Object.hasOwn(plain, type.name) ? plain[type.name] : undefined;
  if (isPlain) return (value) => (isPlain(value) ? value : UNUSUAL);
  if (isNonNullType(type)) return () => UNUSUAL;
  return (value) => {
    try {
      return type.parseValue(value) ?? UNUSUAL;
    } catch {
      return UNUSUAL;
    }
  };
}

interface Field {
  readonly name: string;
  readonly coerce: Coerce;
  readonly defaultValue: unknown;
  readonly isRequired: boolean;
}

/** Per type once: filters contain themselves. */
const objectCoercers = new WeakMap<GraphQLInputObjectType, Coerce>();

function objectCoercerOf(type: GraphQLInputObjectType): Coerce {
  const known = objectCoercers.get(type);
  if (known) return known;
  let fields: readonly Field[] | undefined;
  const coerce: Coerce = (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || type.isOneOf) return UNUSUAL;
    fields ??= fieldsOf(type);
    const out: Obj = {};
    let found = 0;
    for (const { name, coerce: coerceField, defaultValue, isRequired } of fields) {
      const inner = (value as Obj)[name];
      if (inner === undefined) {
        if (Object.hasOwn(value, name)) found++;
        if (defaultValue !== undefined) out[name] = defaultValue;
        else if (isRequired) return UNUSUAL;
        continue;
      }
      const coerced = coerceField(inner);
      if (coerced === UNUSUAL) return UNUSUAL;
      found++;
      out[name] = coerced;
    }
    // Fewer found than given: one of them the type does not have.
    return found === Object.keys(value).length ? out : UNUSUAL;
  };
  objectCoercers.set(type, coerce);
  return coerce;
}

const fieldsOf = (type: GraphQLInputObjectType): Field[] =>
  Object.values(type.getFields()).map(({ name, type: inner, defaultValue }) => ({
    name,
    coerce: coercerOf(inner),
    defaultValue,
    isRequired: isNonNullType(inner),
  }));

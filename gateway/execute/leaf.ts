import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

/** Writes a scalar or enum value as JSON text; undefined when the value is none of its type. */
export type WriteLeaf = (value: unknown) => string | undefined;

const short = 42;

/** JSON text of a string. Most are short and plain, and for those a look at each character beats `JSON.stringify`. */
export function quote(text: string): string {
  if (text.length > short) return JSON.stringify(text);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text);
  }
  return `"${text}"`;
}

const builtIn: Record<string, WriteLeaf> = {
  Int: (value) => (typeof value === 'number' && (value | 0) === value ? `${value}` : undefined),
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? `${value}` : undefined),
  Boolean: (value) => (value === true ? 'true' : value === false ? 'false' : undefined),
  String: (value) => (typeof value === 'string' ? quote(value) : undefined),
  ID: (value) => (typeof value === 'string' ? quote(value) : Number.isInteger(value) ? `"${value}"` : undefined),
};

export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) return enumWriter(type);
  return builtIn[type.name] ?? ((value) => (typeof value === 'string' ? quote(value) : JSON.stringify(value)));
}

/** A value that the public schema does not have, such as an inaccessible one, must not reach the client. */
function enumWriter(type: GraphQLEnumType): WriteLeaf {
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value) => texts.get(value);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';

const root = join(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(join(root, 'schema/api.graphql'), 'utf8'), { assumeValidSDL: true });
const operations = JSON.parse(readFileSync(join(root, 'schema/operations.json'), 'utf8')) as Record<string, string>;

export const rowsInGraph = 23_799;

interface Made {
  readonly seed: number;
  readonly at?: number;
  readonly first?: number;
}

/**
 * Answers persisted operations the way the schema says, with made-up values: whatever a page asks for exists, so that a
 * test can render every page without a server. `change` replaces single fields, by `Type.field`.
 */
export async function answer(
  body: { id: string; operationName?: string; variables?: Record<string, unknown> },
  change: Readonly<Record<string, unknown>> = {},
): Promise<{ data?: unknown; errors?: unknown }> {
  const text = operations[body.id];
  if (!text) return { errors: [{ message: 'unknown operation', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };
  const fieldResolver: GraphQLFieldResolver<Made, unknown> = (source, args, _, info) => {
    const changed = change[`${info.parentType.name}.${info.fieldName}`];
    if (changed !== undefined) return changed;
    if (info.fieldName === 'totalCount') return rowsInGraph;
    if (info.fieldName === 'error') return null;
    const seed = source.seed ?? 1;
    if (info.fieldName === 'edges') {
      return Array.from({ length: source.first ?? 2 }, (_each, at) => ({ seed: (source.at ?? 0) + at + 1 }));
    }
    const { at = 0, first = 3 } = args as { at?: number; first?: number };
    return madeUp(info.returnType, info.fieldName, { seed, at, first: Math.min(first, rowsInGraph - at) });
  };
  const result = await execute({
    schema,
    document: parse(text),
    variableValues: body.variables,
    operationName: body.operationName,
    rootValue: { seed: 1 },
    fieldResolver: fieldResolver as GraphQLFieldResolver<unknown, unknown>,
  });
  return JSON.parse(JSON.stringify(result));
}

/** `fetch` for tests: the graph answers, everything else is missing. */
export function graphFetch(change?: Readonly<Record<string, unknown>>): typeof fetch {
  return async (_input, init) => {
    const body = JSON.parse(String(init?.body));
    return Response.json(await answer(body, change), { headers: { 'x-request-id': 'request-1' } });
  };
}

function madeUp(type: GraphQLOutputType, field: string, made: Required<Made>): unknown {
  if (isNonNullType(type)) return madeUp(type.ofType, field, made);
  if (isListType(type)) {
    return [1, 2].map((each) => madeUp(type.ofType, field, { ...made, seed: made.seed * 10 + each }));
  }
  if (isEnumType(type)) return type.getValues()[made.seed % type.getValues().length]?.name;
  if (isObjectType(type)) return made;
  return isScalarType(type) ? scalar(type.name, field, made.seed) : null;
}

function scalar(type: string, field: string, seed: number): unknown {
  switch (type) {
    case 'ID':
      return `00000000-0000-7000-8000-${String(seed).padStart(12, '0')}`;
    case 'Int':
      return field === 'fiscalYears' ? 2011 : seed % 28;
    case 'Float':
      return 0.64;
    case 'Boolean':
      return seed % 2 === 1;
    case 'Decimal':
      return `${(seed * 7919) % 20_000}.${String(seed % 100).padStart(2, '0')}`;
    case 'Date':
      return `2011-${String((seed % 12) + 1).padStart(2, '0')}-01`;
    case 'DateTime':
      return '2011-12-09T13:32:00Z';
    case 'JSON':
      return { documents: 25_900, rejected: [{ number: 17, reason: 'no article' }] };
    default:
      if (/country/i.test(field)) return ['DE', 'NL', 'GB'][seed % 3];
      if (field === 'currency') return 'EUR';
      if (field === 'taxCode' || field === 'code') return 'U19';
      if (field === 'permissions') return 'users:manage';
      return `${field} ${seed}`;
  }
}

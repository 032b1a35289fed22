import { isObject, type Obj } from '../execute/run.ts';
import { RequestError } from '../report/errors.ts';
import { isNestedTooDeeply, nestingMax } from './nesting.ts';

/** One GraphQL request as the client put it. */
export interface GraphQLParams {
  query: string | undefined;
  /** Id of a persisted operation. */
  id: string | undefined;
  operationName: string | undefined;
  variables: Obj;
  extensions: Obj;
}

const bad = (message: string): RequestError => new RequestError('BAD_REQUEST', message, 400);

/** @throws RequestError BAD_REQUEST */
export function parseJson(text: string, what: string): unknown {
  if (isNestedTooDeeply(text)) throw bad(`${what} is nested more than ${nestingMax} levels deep.`);
  try {
    // Some programs begin every UTF-8 text with a byte order mark, which is no part of JSON.
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    throw bad(`${what} is not valid JSON.`);
  }
}

/** @throws RequestError BAD_REQUEST that names the member and what it must be. */
export function readParams(value: unknown): GraphQLParams {
  if (!isObject(value)) throw bad('The request must be a JSON object with the member "query".');
  const { query, id, documentId, operationName, variables, extensions } = value;
  const text = (name: string, member: unknown): string | undefined => {
    if (member === undefined || member === null) return undefined;
    if (typeof member !== 'string') throw bad(`"${name}" must be a string.`);
    return member;
  };
  const map = (name: string, member: unknown): Obj => {
    if (member === undefined || member === null) return {};
    if (!isObject(member)) throw bad(`"${name}" must be an object.`);
    return member;
  };
  const params: GraphQLParams = {
    query: text('query', query),
    id: text('id', id) ?? text('documentId', documentId),
    operationName: text('operationName', operationName) || undefined,
    variables: map('variables', variables),
    extensions: map('extensions', extensions),
  };
  if (params.query === undefined && params.id === undefined && !isObject(params.extensions.persistedQuery)) {
    throw bad('The request must have a "query".');
  }
  return params;
}

export function paramsFromUrl(search: URLSearchParams): GraphQLParams {
  const json = (name: string): unknown => {
    const text = search.get(name);
    return text === null || text === '' ? undefined : parseJson(text, `"${name}"`);
  };
  return readParams({
    query: search.get('query') ?? undefined,
    id: search.get('id') ?? search.get('documentId') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

import { type GraphQLError, getVariableValues } from 'graphql';
import type { Obj, Run } from './execute/run.ts';
import type { Writing } from './execute/shape.ts';
import type { GraphQLParams } from './http/params.ts';
import { type Documents, InvalidDocument } from './operations/documents.ts';
import type { PreparedOperation } from './operations/prepare.ts';
import type { SubgraphCall } from './options.ts';
import type { LoadedSupergraph } from './plan/supergraph.ts';
import { type ReportedError, RequestError, reportOf, standardError } from './report/errors.ts';
import type { Logger } from './report/log.ts';

/** One GraphQL request on its way through the gateway. */
export interface Exchange {
  params: GraphQLParams;
  call: SubgraphCall;
  /** False for GET: a link must not change anything. */
  mayMutate: boolean;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  /** Status for clients that ask for `application/graphql-response+json`. */
  status: number;
  /** True when the answer is a GraphQL result; `application/json` clients get status 200 then. */
  wellFormed: boolean;
  body: string;
  headers: Record<string, string>;
  operationName: string | undefined;
  outcome: 'ok' | 'errors' | 'refused';
}

export interface PipelineContext {
  loaded: LoadedSupergraph;
  documents: Documents;
  redact: boolean;
  log: Logger;
}

/** Variable errors that are reported at once. */
const variableErrorsMax = 20;

export function createPipeline(context: PipelineContext): (exchange: Exchange) => Promise<Answer> {
  return async (exchange) => {
    try {
      const { params } = exchange;
      if (params.query === undefined) {
        throw new RequestError('PERSISTED_QUERY_NOT_FOUND', 'The operation is not known here. Send its text.');
      }
      const operation = context.documents.get(params.query, params.operationName);
      if (operation.kind === 'mutation' && !exchange.mayMutate) {
        throw new RequestError('BAD_REQUEST', 'A mutation needs a POST request.', 405, { headers: { allow: 'POST' } });
      }
      return await run(operation, exchange, context);
    } catch (error) {
      return refuse(error, exchange.call.requestId, context);
    }
  };
}

async function run(
  operation: PreparedOperation,
  { params, call, signal }: Exchange,
  context: PipelineContext,
): Promise<Answer> {
  const coerced = coerceVariables(operation, params.variables, context);
  const state: Run = { call, variables: params.variables, coerced, signal, data: {}, errors: [] };
  await operation.fetch(state);
  const writing: Writing = {
    variables: coerced,
    violations: [],
    introspection: operation.introspect(params.variables),
  };
  const data = operation.write(state.data, writing) ?? 'null';
  const errors = [...state.errors, ...unexplained(writing.violations, state.errors)];
  const tail = errors.length === 0 ? '' : `,"errors":${errorsText(errors, call.requestId, context)}`;
  return {
    status: 200,
    wellFormed: true,
    body: `{"data":${data}${tail}}`,
    headers: {},
    operationName: operation.name,
    outcome: errors.length === 0 ? 'ok' : 'errors',
  };
}

function coerceVariables(operation: PreparedOperation, given: Obj, context: PipelineContext): Obj {
  const definitions = operation.definition.variableDefinitions;
  if (!definitions?.length) return {};
  const result = getVariableValues(context.loaded.schema, definitions, given, { maxErrors: variableErrorsMax });
  if (result.coerced) return result.coerced;
  throw new InvalidVariables(result.errors);
}

class InvalidVariables extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

/**
 * A null where none may be is an error of its own only when no subgraph has explained it: a null that follows from a
 * reported error would only repeat it.
 */
function unexplained(violations: Writing['violations'], errors: readonly ReportedError[]): ReportedError[] {
  if (violations.length === 0) return [];
  return violations
    .map(({ message, path }) => ({ message, path: path.toReversed(), extensions: { code: 'INVALID_SUBGRAPH_ANSWER' } }))
    .filter(({ path }) => !errors.some((error) => !error.path || related(error.path, path)));
}

function related(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function errorsText(errors: readonly ReportedError[], requestId: string, context: PipelineContext): string {
  return JSON.stringify(errors.map((error) => standardError(error, requestId, context.redact)));
}

/** The answer to a request that is not executed. */
export function refuse(error: unknown, requestId: string, context: Pick<PipelineContext, 'log' | 'redact'>): Answer {
  const list = error instanceof InvalidDocument || error instanceof InvalidVariables ? error.errors : [error];
  const reported = list.map((item) => reportOf(item));
  if (error instanceof InvalidVariables) {
    for (const item of reported) item.extensions = { ...item.extensions, code: 'BAD_USER_INPUT' };
  }
  const known = error instanceof RequestError;
  const expected = known || reported.every(({ extensions }) => extensions?.code !== 'INTERNAL');
  if (!expected) context.log.error({ requestId, err: error }, 'request failed');
  return {
    status: known ? error.status : expected ? 400 : 500,
    wellFormed: expected && !known,
    body: `{"errors":${JSON.stringify(reported.map((item) => standardError(item, requestId, context.redact)))}}`,
    headers: known ? error.headers : {},
    operationName: undefined,
    outcome: 'refused',
  };
}

import type { GraphQLError } from 'graphql';
import { InvalidDocument } from '../operations/read-document.ts';
import type { Answer } from '../pipeline.ts';
import { type Asked, type ReportedError, RequestError, reportOf, type StandardError, standardError } from './errors.ts';
import type { Logger } from './log.ts';

export class InvalidVariables extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

export function errorsText(
  errors: readonly ReportedError[],
  asked: Asked,
  context: Pick<RefusalContext, 'redact'>,
): string {
  return JSON.stringify(errors.map((error) => standardError(error, asked, context.redact)));
}

export interface RefusalContext {
  readonly log: Logger;
  /** Whether messages of faults are hidden from clients. */
  readonly redact: boolean;
}

function reportsOf(error: unknown): readonly ReportedError[] {
  if (error instanceof InvalidDocument) return error.errors;
  if (!(error instanceof InvalidVariables)) return [reportOf(error)];
  return error.errors.map((one) => {
    const reported = reportOf(one);
    return { ...reported, extensions: { ...reported.extensions, code: 'BAD_USER_INPUT' } };
  });
}

/** Why a request is not executed, in the standard form. What is no fault of the request is logged as well. */
export function refusalErrors(error: unknown, asked: Asked, context: RefusalContext): StandardError[] {
  const reported = reportsOf(error);
  if (reported.some(({ extensions }) => (extensions?.code ?? 'INTERNAL') === 'INTERNAL')) {
    context.log.error({ requestId: asked.requestId, err: error }, 'request failed');
  }
  return reported.map((item) => standardError(item, asked, context.redact));
}

/** The answer to a request that is not executed. */
export function refuse(error: unknown, asked: Asked, context: RefusalContext): Answer {
  const errors = refusalErrors(error, asked, context);
  const known = error instanceof RequestError;
  const faulty = errors.some(({ extensions }) => extensions.code === 'INTERNAL');
  return {
    status: known ? error.status : faulty ? 500 : 400,
    wellFormed: !faulty && !known,
    body: `{"errors":${JSON.stringify(errors)}}`,
    headers: known ? error.headers : {},
    operationName: undefined,
    outcome: 'refused',
    code: errors[0]?.extensions.code,
  };
}

import { GraphQLError, type SourceLocation } from 'graphql';
import { preferredLocale } from '../http/locale.ts';
import { inGerman } from './german.ts';

/** `USER`: change the request. `PERMISSION`: ask for rights. `LIMIT`: ask for less or wait. `FAULT`: ours. */
export type ErrorCategory = 'USER' | 'PERMISSION' | 'LIMIT' | 'FAULT';

export interface FieldFault {
  path: string;
  code: string;
  message: string;
}

export interface StandardExtensions {
  code: string;
  category: ErrorCategory;
  /** Whether the same request may succeed later without a change. */
  retryable: boolean;
  requestId: string;
  path?: readonly (string | number)[];
  fields?: readonly FieldFault[];
  [key: string]: unknown;
}

/** One entry of `errors` in an answer, in the form every client of the graph can rely on. */
export interface StandardError {
  message: string;
  locations?: readonly SourceLocation[];
  path?: readonly (string | number)[];
  extensions: StandardExtensions;
}

/** Something an answer has to report before it has its standard form. */
export interface ReportedError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  locations?: readonly SourceLocation[] | undefined;
  extensions?: Record<string, unknown> | undefined;
  /** What was thrown, for the log only. */
  cause?: unknown;
}

const codes: Record<ErrorCategory, readonly string[]> = {
  USER: [
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'BAD_REQUEST',
    'BAD_USER_INPUT',
    'METHOD_NOT_ALLOWED',
    'NOT_ACCEPTABLE',
    'NOT_FOUND',
    'OPERATION_RESOLUTION_FAILURE',
    'PERSISTED_QUERY_NOT_FOUND',
    'PERSISTED_QUERY_REQUIRED',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  PERMISSION: ['UNAUTHENTICATED', 'FORBIDDEN', 'CSRF_REJECTED'],
  LIMIT: [
    'BATCH_TOO_LARGE',
    'BODY_TOO_LARGE',
    'COST_LIMIT_EXCEEDED',
    'HEADERS_TOO_LARGE',
    'OPERATION_TOO_COMPLEX',
    'OVERLOADED',
    'PAGE_TOO_LARGE',
    'RATE_LIMITED',
    'REQUEST_TIMEOUT',
    'SLOW_CONSUMER',
  ],
  FAULT: [
    'GATEWAY_UNAVAILABLE',
    'INTERNAL',
    'INVALID_SUBGRAPH_ANSWER',
    'SUBGRAPH_UNAVAILABLE',
    'SUPERGRAPH_CHANGED',
    'TIMEOUT',
  ],
};

const categories = new Map(
  Object.entries(codes).flatMap(([category, list]) => list.map((code) => [code, category as ErrorCategory] as const)),
);

const retryable = new Set([
  'GATEWAY_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'REQUEST_TIMEOUT',
  'SLOW_CONSUMER',
  'SUBGRAPH_UNAVAILABLE',
  'SUPERGRAPH_CHANGED',
  'TIMEOUT',
]);

/** A refusal of the gateway itself, with the HTTP status it is answered with. */
export class RequestError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly details: Record<string, unknown>;

  constructor(
    code: string,
    message: string,
    status = 400,
    { headers = {}, ...details }: { headers?: Record<string, string>; [key: string]: unknown } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
    this.details = details;
  }
}

export function reportOf(error: unknown): ReportedError {
  if (error instanceof RequestError) {
    return { message: error.message, extensions: { code: error.code, ...error.details } };
  }
  if (error instanceof GraphQLError) {
    return {
      message: error.message,
      path: error.path,
      locations: error.locations,
      extensions: { ...error.extensions },
    };
  }
  return {
    message: 'The gateway failed to answer. The request id leads to the cause.',
    extensions: { code: 'INTERNAL' },
  };
}

/** What of a request the errors in its answer go by. */
export interface Asked {
  readonly requestId: string;
  /** The languages it names: errors are in English unless it prefers German. */
  readonly acceptLanguage?: string | undefined;
}

/** Codes of what was thrown and never meant to be told; the second is what Apollo's server gives whatever has none. */
const faults = ['INTERNAL', 'INTERNAL_SERVER_ERROR'];

const codeOf = ({ extensions }: ReportedError): string =>
  typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL';

/** Whether only the log may tell what it was. */
export const isFault = (error: ReportedError): boolean => faults.includes(codeOf(error));

export function standardError(
  error: ReportedError,
  { requestId, acceptLanguage }: Asked,
  redact: boolean,
): StandardError {
  const given = error.extensions ?? {};
  const hidden = redact && isFault(error);
  const code = hidden ? 'INTERNAL' : codeOf(error);
  const message = hidden ? 'Something failed on our side. The request id leads to the cause.' : error.message;
  return {
    message: preferredLocale(acceptLanguage) === 'de' ? inGerman(message) : message,
    ...(error.locations?.length ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: {
      ...(hidden ? {} : redact ? documented(given) : withoutStack(given)),
      code,
      category: categoryOf(given.category) ?? categories.get(code) ?? 'FAULT',
      retryable: typeof given.retryable === 'boolean' ? given.retryable : retryable.has(code),
      requestId,
      ...(error.path ? { path: error.path } : {}),
    },
  };
}

const categoryOf = (given: unknown): ErrorCategory | undefined =>
  (Object.keys(codes) as ErrorCategory[]).find((category) => category === given);

/** What an error may carry beside what each one has: whatever else a subgraph says is not for strangers. */
function documented({ fields, ...given }: Record<string, unknown>): Record<string, unknown> {
  const known = details.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  return { ...Object.fromEntries(known), ...(Array.isArray(fields) && { fields: fields.flatMap(fieldFault) }) };
}

const details = ['cost', 'limit', 'retryAfterSeconds', 'subgraph'];

function fieldFault(given: Partial<Record<keyof FieldFault, unknown>> | null): FieldFault[] {
  const { path, code, message } = given ?? {};
  const isWhole = typeof path === 'string' && typeof code === 'string' && typeof message === 'string';
  return isWhole ? [{ path, code, message }] : [];
}

function withoutStack(given: Record<string, unknown>): Record<string, unknown> {
  const { stacktrace: _stacktrace, exception: _exception, ...rest } = given;
  return rest;
}

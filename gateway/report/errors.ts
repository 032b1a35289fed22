import { GraphQLError, type SourceLocation } from 'graphql';

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
}

const codes: Record<ErrorCategory, readonly string[]> = {
  USER: [
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'BAD_REQUEST',
    'BAD_USER_INPUT',
    'NOT_FOUND',
    'OPERATION_RESOLUTION_FAILURE',
    'PERSISTED_QUERY_NOT_FOUND',
    'PERSISTED_QUERY_REQUIRED',
  ],
  PERMISSION: ['UNAUTHENTICATED', 'FORBIDDEN', 'CSRF_REJECTED'],
  LIMIT: [
    'BATCH_TOO_LARGE',
    'BODY_TOO_LARGE',
    'COST_LIMIT_EXCEEDED',
    'OPERATION_TOO_COMPLEX',
    'OVERLOADED',
    'PAGE_TOO_LARGE',
    'RATE_LIMITED',
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

export function standardError(error: ReportedError, requestId: string, redact: boolean): StandardError {
  const given = error.extensions ?? {};
  const code = typeof given.code === 'string' ? given.code : 'INTERNAL';
  const hidden = redact && code === 'INTERNAL';
  const { stacktrace: _stacktrace, exception: _exception, ...rest } = given;
  return {
    message: hidden ? 'Something failed on our side. The request id leads to the cause.' : error.message,
    ...(error.locations?.length ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: {
      ...(hidden ? {} : rest),
      code,
      category: (given.category as ErrorCategory) ?? categories.get(code) ?? 'FAULT',
      retryable: typeof given.retryable === 'boolean' ? given.retryable : retryable.has(code),
      requestId,
      ...(error.path ? { path: error.path } : {}),
    },
  };
}

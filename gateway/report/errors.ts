import { GraphQLError, type SourceLocation } from 'graphql';

/** Who has to act: the user, the client's developer, someone with rights, nobody but time, or us. */
export type ErrorCategory =
  | 'input'
  | 'request'
  | 'authentication'
  | 'authorisation'
  | 'limit'
  | 'unavailable'
  | 'fault';

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

const categories: Record<string, ErrorCategory> = {
  GRAPHQL_PARSE_FAILED: 'request',
  GRAPHQL_VALIDATION_FAILED: 'request',
  BAD_REQUEST: 'request',
  BAD_USER_INPUT: 'input',
  PERSISTED_QUERY_NOT_FOUND: 'request',
  PERSISTED_QUERY_REQUIRED: 'request',
  OPERATION_RESOLUTION_FAILURE: 'request',
  UNAUTHENTICATED: 'authentication',
  FORBIDDEN: 'authorisation',
  UNAUTHORIZED_FIELD_OR_TYPE: 'authorisation',
  CSRF_REJECTED: 'authorisation',
  COST_LIMIT_EXCEEDED: 'limit',
  RATE_LIMITED: 'limit',
  PAGE_TOO_LARGE: 'limit',
  BODY_TOO_LARGE: 'limit',
  OPERATION_TOO_COMPLEX: 'limit',
  BATCH_TOO_LARGE: 'limit',
  SUBGRAPH_UNAVAILABLE: 'unavailable',
  TIMEOUT: 'unavailable',
  OVERLOADED: 'unavailable',
};

const retryable = new Set(['RATE_LIMITED', 'SUBGRAPH_UNAVAILABLE', 'TIMEOUT', 'OVERLOADED']);

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
      category: (given.category as ErrorCategory) ?? categories[code] ?? 'fault',
      retryable: typeof given.retryable === 'boolean' ? given.retryable : retryable.has(code),
      requestId,
      ...(error.path ? { path: error.path } : {}),
    },
  };
}

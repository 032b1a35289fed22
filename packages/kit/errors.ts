import { GraphQLError } from 'graphql';
import type { Locale } from './caller.ts';
import { textOf } from './texts.ts';

/** `USER`: change the request. `PERMISSION`: ask for rights. `LIMIT`: ask for less or wait. `FAULT`: ours. */
export type ErrorCategory = 'USER' | 'PERMISSION' | 'LIMIT' | 'FAULT';

const CATEGORY: Readonly<Record<string, ErrorCategory>> = {
  UNAUTHENTICATED: 'PERMISSION',
  FORBIDDEN: 'PERMISSION',
  PAGE_TOO_LARGE: 'LIMIT',
  FILTER_TOO_LARGE: 'LIMIT',
  FILE_TOO_LARGE: 'LIMIT',
  STORAGE_FULL: 'LIMIT',
  INTERNAL: 'FAULT',
};

/** An error in the standard form; the gateway adds request id and path. */
export function standardError(
  code: string,
  locale: Locale,
  params: Readonly<Record<string, string>> = {},
  cause?: unknown,
): GraphQLError {
  const category = CATEGORY[code] ?? 'USER';
  return new GraphQLError(textOf({}, code, locale, params), {
    extensions: { code, category, retryable: category === 'FAULT' },
    originalError: cause instanceof Error ? cause : undefined,
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pages of others that may ask the graph from a browser. */
export const defaultCorsOrigins: readonly string[] = ['https://studio.apollographql.com'];

const allowed =
  'content-type, authorization, x-api-key, x-request-id, x-cost-only, apollo-require-preflight, apollo-expose-query-plan, apollographql-client-name, apollographql-client-version, if-none-match, last-event-id';
const exposed = 'x-request-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, etag';

/**
 * Lets known pages of other origins read answers. Cookies are never allowed along, so such a page has only the rights of the token it
 * sends itself.
 * @param more names of headers that they may send besides.
 * @returns true when the request was a preflight and is answered.
 */
export function answerCors(
  req: IncomingMessage,
  res: ServerResponse,
  origins: readonly string[],
  more: readonly string[],
): boolean {
  const { origin } = req.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-expose-headers', exposed);
  res.setHeader('vary', 'origin');
  if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return false;
  res.writeHead(204, {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': [allowed, ...more].join(', '),
    'access-control-max-age': '86400',
  });
  res.end();
  return true;
}

import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may use the browser's cookies. A browser attaches them to requests that other sites cause, so the
 * request must come from our own origin, and carry a header that no form or image can send.
 */
export function mayUseCookies(
  headers: IncomingHttpHeaders,
  clientHeader: string,
  allowedOrigins: readonly string[],
): boolean {
  return headers[clientHeader] !== undefined && isSameOrigin(headers, allowedOrigins);
}

/** Whether the request comes from a page of ours. A WebSocket handshake cannot carry the client header. */
export function isSameOrigin(headers: IncomingHttpHeaders, allowedOrigins: readonly string[]): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return originAllowed(headers, allowedOrigins);
  if (headers.origin !== undefined) return originAllowed(headers, allowedOrigins);
  return site === 'same-origin';
}

function originAllowed({ origin, host }: IncomingHttpHeaders, allowedOrigins: readonly string[]): boolean {
  if (origin === undefined || origin === 'null') return false;
  if (allowedOrigins.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

import type { IncomingHttpHeaders } from 'node:http';

/** What belongs to one connection, or is the gateway's own to say of a call. Cookies would let other sites act for their users. */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'baggage',
  'connection',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'last-event-id',
  'te',
  'trailer',
  'traceparent',
  'tracestate',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-real-ip',
  'x-request-id',
]);
const reservedKinds = /^(content-|proxy-|sec-|x-forwarded-|x-valeo-)/;

/** Whether subgraphs may be given a header as a client sent it, by its name in small letters. */
export const mayForward = (name: string): boolean =>
  /^[a-z0-9][a-z0-9_-]*$/.test(name) && !reserved.has(name) && !reservedKinds.test(name);

/** What may stand in a header; a client's first message over WebSocket may hold anything. */
const sendable = /^[\t\x20-\x7e\x80-\xff]{1,8000}$/;

/** What a client sent under these names. */
export function forwardedFrom(names: readonly string[], headers: IncomingHttpHeaders): Record<string, string> {
  const forwarded: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && sendable.test(value)) forwarded[name] = value;
  }
  return forwarded;
}

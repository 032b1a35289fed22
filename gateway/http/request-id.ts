import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A caller may choose the id so that its own logs and ours meet, as long as it looks like one. */
export function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { isOfThisMachine } from './this-machine.ts';

/** Where Prometheus finds the figures of this process. */
export const METRICS_PATH = '/metrics';

/**
 * Answers with the figures of this process, but only to this machine itself or to whoever brings the token of the operators: the
 * web app stands open to everybody.
 */
export async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { registry, token }: { registry: Registry; token: string | undefined },
): Promise<void> {
  if (!isOfThisMachine(request) && !hasToken(request.headers.authorization, token)) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found.\n');
    return;
  }
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text);
}

function hasToken(given: string | undefined, token: string | undefined): boolean {
  const [sent, wanted] = [Buffer.from(given ?? ''), Buffer.from(`Bearer ${token}`)];
  return Boolean(token) && sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

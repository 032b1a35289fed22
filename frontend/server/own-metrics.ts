import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** Where Prometheus finds the figures of this process. */
export const METRICS_PATH = '/metrics';

const LOOPBACK = /^(::1$|(::ffff:)?127\.)/;

/**
 * Answers with the figures of this process, but only to this machine itself or to whoever brings the token of the operators: the
 * web app stands open to everybody. Behind a proxy of this machine every caller comes from it, so one that was forwarded counts as
 * a stranger.
 */
export async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { registry, token }: { registry: Registry; token: string | undefined },
): Promise<void> {
  const { headers, socket } = request;
  const isForwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => headers[name] !== undefined);
  const isLocal = LOOPBACK.test(socket.remoteAddress ?? '') && !isForwarded;
  if (!isLocal && !hasToken(headers.authorization, token)) {
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

import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const loopback = /^(::1$|(::ffff:)?127\.)/;
const forwarding = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * Whether figures of the process may be read: by this machine, and by whoever brings the token of the operators. Behind a proxy of this
 * machine everybody comes from it, so a request that was forwarded counts as a stranger's.
 */
export function mayReadMetrics({ socket, headers }: IncomingMessage, token: string | undefined): boolean {
  const isForwarded = forwarding.some((name) => headers[name] !== undefined);
  if (loopback.test(socket.remoteAddress ?? '') && !isForwarded) return true;
  if (token === undefined || token === '') return false;
  const [sent, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(::1$|(::ffff:)?127\.)/;
const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/** Who asks, for limits by address: behind a proxy of this machine whom that one names last, since all before may be made up. */
export function addressOf({ socket, headers }: IncomingMessage): string {
  const from = socket.remoteAddress ?? '';
  const named = LOOPBACK.test(from)
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined;
  return named || from;
}

/** Whether a program of this machine asks. Behind a proxy of this machine everybody comes from it, so a request that was forwarded counts as a stranger's. */
export const isOfThisMachine = ({ socket, headers }: IncomingMessage): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDING.every((name) => headers[name] === undefined);

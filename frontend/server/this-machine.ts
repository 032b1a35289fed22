import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(::1$|(::ffff:)?127\.)/;
const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/** Whether a program of this machine asks. Behind a proxy of this machine everybody comes from it, so a request that was forwarded counts as a stranger's. */
export const isOfThisMachine = ({ socket, headers }: IncomingMessage): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDING.every((name) => headers[name] === undefined);

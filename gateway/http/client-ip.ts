import type { IncomingMessage } from 'node:http';

/** The web server's front, on the same machine, names the client in a header and drops one that the client sent. */
export function clientIp({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? '';
  const forwarded = headers['x-forwarded-for'];
  const isFront = /^(::1|(::ffff:)?127\.)/.test(peer);
  return isFront && typeof forwarded === 'string' ? (forwarded.split(',').at(-1)?.trim() ?? peer) : peer;
}

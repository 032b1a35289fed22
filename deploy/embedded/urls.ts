import type { Config } from './config.ts';

type Addresses = Pick<Config, 'HOST' | 'PORT' | 'GATEWAY_PORT'>;

/** Where this machine reaches the web app. */
export const webUrl = ({ HOST, PORT }: Addresses): string => `http://${reachable(HOST)}:${PORT}`;

/** Where this machine reaches the graph. */
export const graphUrl = ({ HOST, GATEWAY_PORT }: Addresses): string =>
  `http://${reachable(HOST)}:${GATEWAY_PORT}/graphql`;

// "All addresses" can be listened on but not called.
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Address of the client that a request is from. */
export type ClientIp = (req: IncomingMessage) => string;

/** An address, or a network such as `10.0.0.0/8`. */
interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Null for anything else, and for the network of all addresses: to trust everybody is to know nobody. */
export function readNetwork(text: string): Network | null {
  const [address = '', bits] = text.split(/\/(.*)/s);
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d+$/.test(bits) ? Number(bits) : 0;
  return prefix >= 1 && prefix <= most ? { address, prefix, family: `ipv${version as 4 | 6}` } : null;
}

/** This machine, on which the web app's front names the client. */
const loopback = ['127.0.0.0/8', '::1'];

/**
 * Each proxy adds to `x-forwarded-for` whom it was asked by. Its word counts only where it is one of ours, so the list is read from its
 * end to the first address that is none: whatever stands before that may be made up.
 * @param proxies addresses and networks of proxies besides this machine.
 */
export function createClientIp(proxies: readonly string[]): ClientIp {
  const trusted = new BlockList();
  for (const text of [...loopback, ...proxies]) {
    const network = readNetwork(text);
    if (!network) throw new Error(`This is no address or network of proxies: "${text}"`);
    trusted.addSubnet(network.address, network.prefix, network.family);
  }
  const isTrusted = (address: string): boolean => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return ({ socket, headers }) => {
    let client = plain(socket.remoteAddress ?? '');
    const forwarded = headers['x-forwarded-for'];
    if (typeof forwarded !== 'string') return client;
    const named = forwarded.split(',');
    while (named.length > 0 && isTrusted(client)) {
      const next = plain(named.pop() ?? '');
      if (isIP(next) === 0) break;
      client = next;
    }
    return client;
  };
}

/** Without the port that some proxies add, and IPv4 in its own form where it came over IPv6. */
function plain(text: string): string {
  const address = text.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) ? address : address.replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2');
}

/**
 * Whose address it is, where everybody gets the same share: over IPv6 whoever has one address has the whole network of 64 bits that it is
 * in, and could come from another of them each time.
 */
export function holderOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [start = '', end] = address.split('::');
  const groups = start.split(':').filter(Boolean);
  if (end !== undefined) groups.push('0', '0', '0', '0');
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

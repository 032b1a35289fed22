interface Host {
  readonly host: string;
  readonly port: number;
}

interface Login {
  readonly username?: string;
  readonly password?: string;
}

/** Where a Redis is to be found. */
export type RedisTarget =
  | { readonly kind: 'one' }
  | (Login & {
      readonly kind: 'sentinel';
      readonly hosts: readonly Host[];
      readonly isSecure: boolean;
      /** What the sentinels call the master. */
      readonly name: string;
      readonly db: number;
    })
  | (Login & { readonly kind: 'cluster'; readonly hosts: readonly Host[]; readonly isSecure: boolean });

const ports = { sentinel: 26_379, cluster: 6_379 };

/** What an address may look like, for messages. */
export const redisUrlForms =
  'redis:// or rediss:// and one host, redis+sentinel://host:port,host:port/NAME-OF-THE-MASTER or redis+cluster://host:port,host:port';

/**
 * Reads `redis://...`, `redis+sentinel://[user:password@]host[:port],.../<name>[/<db>]` and
 * `redis+cluster://[user:password@]host[:port],...`; with `rediss` for TLS. Null for anything else.
 */
export function readRedisUrl(text: string): RedisTarget | null {
  if (/^rediss?:\/\//.test(text)) return URL.canParse(text) ? { kind: 'one' } : null;
  const match = /^redis(s?)\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^/@]+)(?:\/([^/]*))?(?:\/(\d{1,4}))?\/?$/.exec(
    text,
  );
  if (!match) return null;
  const [, secure, kind, login = '', list = '', name = '', db] = match;
  const hosts = list.split(',').map((one) => hostOf(one, ports[kind as keyof typeof ports]));
  if (hosts.some((one) => one === null)) return null;
  const known = { ...loginOf(login), hosts: hosts as Host[], isSecure: secure === 's' };
  if (kind === 'sentinel')
    return name === '' ? null : { kind, ...known, name: decodeURIComponent(name), db: Number(db ?? 0) };
  // A cluster has one database.
  return name === '' && db === undefined ? { kind: 'cluster', ...known } : null;
}

function hostOf(text: string, fallback: number): Host | null {
  const match = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  const port = Number(match?.[2] ?? fallback);
  if (!match?.[1] || port < 1 || port > 65_535) return null;
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function loginOf(text: string): Login {
  if (text === '') return {};
  const [username = '', password] = text.split(/:(.*)/s).map(decodeURIComponent);
  // Before users had names there was a password alone.
  if (password === undefined) return { password: username };
  return username === '' ? { password } : { username, password };
}

import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { readRedisUrl } from './url.ts';

/**
 * Connects to one Redis, to the master that sentinels name, or to a cluster, as the address says. Each finds its way again when a
 * server goes or another becomes the master.
 * @throws when the address is none of those.
 */
export function openRedis(url: string, options: RedisOptions = {}): Redis {
  const target = readRedisUrl(url);
  if (!target) throw new Error('This is no address of a Redis, of sentinels or of a cluster.');
  if (target.kind === 'one') return new Redis(url, options);
  const { hosts, username, password, isSecure } = target;
  const login = { ...(username !== undefined && { username }), ...(password !== undefined && { password }) };
  const tls = isSecure ? { tls: {} } : {};
  if (target.kind === 'sentinel') {
    return new Redis({
      ...options,
      ...login,
      ...tls,
      name: target.name,
      db: target.db,
      sentinels: [...hosts],
      // The master's password is the sentinels' too, as most installations have it.
      ...(password !== undefined && { sentinelPassword: password }),
      ...(isSecure && { sentinelTLS: {}, enableTLSForSentinelMode: true }),
    });
  }
  const { enableOfflineQueue = true, enableAutoPipelining = false, ...each } = options;
  const cluster = new Cluster([...hosts], {
    enableOfflineQueue,
    enableAutoPipelining,
    redisOptions: { ...each, ...login, ...tls },
  });
  // It takes the same commands, as long as the keys of one command are of one slot.
  return cluster as unknown as Redis;
}

import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { readRedisUrl } from './url.ts';

/** Milliseconds between looks whether a connection still answers, and those it may take to do so. */
const lookMs = 2_000;
const answerMs = 2_000;
/** Milliseconds to connect: tries that nobody answers must not last into the time when somebody would. */
const connectTimeout = 3_000;

/**
 * Connects to one Redis, to the master that sentinels name, or to a cluster, as the address says. Each finds its way again when a
 * server goes or another becomes the master, and when nothing comes through any more without a word that the connection has ended.
 * @throws when the address is none of those.
 */
export function openRedis(url: string, options: RedisOptions = {}): Redis {
  const target = readRedisUrl(url);
  if (!target) throw new Error('This is no address of a Redis, of sentinels or of a cluster.');
  if (target.kind === 'one') return watched(new Redis(url, { connectTimeout, ...options }));
  const { hosts, username, password, isSecure } = target;
  const login = { ...(username !== undefined && { username }), ...(password !== undefined && { password }) };
  const tls = isSecure ? { tls: {} } : {};
  if (target.kind === 'sentinel') {
    const redis = new Redis({
      connectTimeout,
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
    return watched(redis);
  }
  const { enableOfflineQueue = true, enableAutoPipelining = false, ...each } = options;
  const cluster = new Cluster([...hosts], {
    enableOfflineQueue,
    enableAutoPipelining,
    redisOptions: { connectTimeout, socketTimeout: answerMs, ...each, ...login, ...tls },
  });
  // It takes the same commands, as long as the keys of one command are of one slot.
  return cluster as unknown as Redis;
}

/** Cuts a connection off that does not answer: otherwise minutes pass until the system gives it up, and nobody knows meanwhile. */
function watched(redis: Redis): Redis {
  let isAsked = false;
  let notReady: typeof redis.stream | null = null;
  const look = async (): Promise<void> => {
    const { status, stream } = redis;
    if (status === 'connect' && stream === notReady) stream.destroy(new Error('Redis does not get ready'));
    notReady = status === 'connect' ? stream : null;
    if (isAsked || status !== 'ready') return;
    isAsked = true;
    let isAnswered = false;
    const late = setTimeout(() => {
      // What came while this process was busy is read first.
      setImmediate(() => {
        if (!isAnswered) stream.destroy(new Error(`Redis did not answer within ${answerMs} ms`));
      });
    }, answerMs);
    await redis.ping().catch(() => {});
    isAnswered = true;
    clearTimeout(late);
    isAsked = false;
  };
  const looking = setInterval(() => void look(), lookMs);
  looking.unref();
  redis.once('end', () => clearInterval(looking));
  return redis;
}

import { openRedis } from '@valeo/redis/connect.ts';
import type { Redis } from 'ioredis';
import type { Logger } from './report/log.ts';

/** Redis may come later and go in between: nothing waits for it, and commands of one turn travel together. */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = openRedis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, enableAutoPipelining: true });
  redis.on('error', (err) => log.debug({ err }, 'redis'));
  return redis;
}

/** @throws when the work is not done within the milliseconds given. */
export async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

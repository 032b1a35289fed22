import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { inTime } from '../redis.ts';
import type { Kept, SharedTier } from './store.ts';

const keyOf = (key: string): string => `valeo:cache:kept:${createHash('sha256').update(key).digest('base64url')}`;

/** Milliseconds to wait: the subgraph itself would have answered soon. */
const timeoutMs = 50;
/** Larger values stay in the memory of the gateway that loaded them. */
const valueCharactersMax = 1024 * 1024;

/** Values that all replicas share. Without an answer from Redis there is nothing in it. */
export function redisTier(redis: Redis): SharedTier<string> {
  return {
    async get(keys) {
      if (redis.status !== 'ready') return keys.map(() => null);
      try {
        const texts = await inTime(Promise.all(keys.map((key) => redis.get(keyOf(key)))), timeoutMs);
        return texts.map((text) => (text === null ? null : (JSON.parse(text) as Kept<string>)));
      } catch {
        return keys.map(() => null);
      }
    },
    set(key, kept, ageMaxMs) {
      if (redis.status !== 'ready' || kept.value.length > valueCharactersMax) return;
      redis.set(keyOf(key), JSON.stringify(kept), 'PX', Math.ceil(ageMaxMs)).catch(() => {});
    },
  };
}

import type { CacheOptions } from '@valeo/gateway/cache/cache.ts';
import type { PubSub } from '@valeo/kit/pubsub.ts';
import type { Config } from './config.ts';
import { domains } from './domains.ts';

/**
 * Domains with tables that belong to no company (people, sessions, keys): changes of those are told to nobody, so what the
 * domain answers is always read anew.
 */
const silent = new Set(['identity']);

/** The gateway's cache, fed by the events of the outbox; undefined when it is switched off. */
export function cacheOf(config: Config, pubsub: PubSub): CacheOptions | undefined {
  if (!config.CACHE) return undefined;
  return {
    subgraphs: domains.map(({ name }) => name).filter((name) => !silent.has(name)),
    listen: (listener, connected) => pubsub.listen(listener, connected),
    sizeBytesMax: config.CACHE_BYTES ?? undefined,
  };
}

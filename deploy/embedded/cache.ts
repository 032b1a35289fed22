import type { CacheOptions } from '@valeo/gateway/cache/cache.ts';
import { NO_COMPANY, type PubSub } from '@valeo/kit/pubsub.ts';
import type { Config } from './config.ts';
import { domains } from './domains.ts';

/** The gateway's cache, fed by the events of the outbox; undefined when it is switched off. */
export function cacheOf(config: Config, pubsub: PubSub): CacheOptions | undefined {
  if (!config.CACHE) return undefined;
  return {
    subgraphs: domains.map(({ name }) => name),
    listen: (listener, connected) =>
      pubsub.listen((event) => listener(event.tenantId === NO_COMPANY ? { ...event, tenantId: '' } : event), connected),
    sizeBytesMax: config.CACHE_BYTES ?? undefined,
  };
}

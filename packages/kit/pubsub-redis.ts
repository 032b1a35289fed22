import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis } from 'ioredis';
import { type ChangeEvent, EVENT_CHANNEL, LocalFanOut, type PubSub } from './pubsub.ts';

/** Pub/sub over Redis: one channel for the installation, fanned out per company and type in each process. */
export async function redisPubSub(url: string): Promise<PubSub> {
  const fanOut = new LocalFanOut();
  const redis = new RedisPubSub({ publisher: new Redis(url), subscriber: new Redis(url) });
  await redis.subscribe(EVENT_CHANNEL, (events: ChangeEvent[]) => {
    for (const event of events) fanOut.dispatch(event);
  });
  return {
    publish: (events) => redis.publish(EVENT_CHANNEL, events),
    subscribe: (tenantId, type) => fanOut.subscribe(tenantId, type),
    listen: (callback) => fanOut.listen(callback),
    close: async () => {
      await redis.close();
    },
  };
}

import { openRedis } from '@valeo/redis/connect.ts';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { type ChangeEvent, EVENT_CHANNEL, LocalFanOut, type PubSub } from './pubsub.ts';

/** Pub/sub over Redis: one channel for the installation, fanned out per company and type in each process. */
export async function redisPubSub(url: string): Promise<PubSub> {
  const fanOut = new LocalFanOut();
  const subscriber = openRedis(url);
  const publisher = openRedis(url);
  const redis = new RedisPubSub({ publisher, subscriber });
  // Both connect again by themselves; what waits for them is told by its own command.
  for (const client of [publisher, subscriber]) client.on('error', () => {});
  subscriber.on('close', () => fanOut.connection(false));
  subscriber.on('ready', () => {
    const again = subscriber.subscribe(EVENT_CHANNEL);
    again.then(
      () => fanOut.connection(true),
      () => {},
    );
  });
  await redis.subscribe(EVENT_CHANNEL, (events: ChangeEvent[]) => {
    for (const event of events) fanOut.dispatch(event);
  });
  return {
    publish: (events) => redis.publish(EVENT_CHANNEL, events),
    subscribe: (tenantId, type) => fanOut.subscribe(tenantId, type),
    listen: (callback, connected) => fanOut.listen(callback, connected),
    close: async () => {
      await redis.close();
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { openRedis } from '@valeo/redis/connect.ts';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { log } from './log.ts';
import { type ChangeEvent, EVENT_CHANNEL, LocalFanOut, type PubSub } from './pubsub.ts';

/** What starts while Redis is away goes on without it after so long. */
const patienceMs = 3_000;

/** A farewell that nobody hears is not waited for any longer. */
const closeMs = 1_000;

/**
 * Pub/sub over Redis: one channel for the installation, fanned out per company and type in each process. While Redis is away
 * listeners are told that they miss events, and what is published fails.
 */
export async function redisPubSub(url: string): Promise<PubSub> {
  const fanOut = new LocalFanOut();
  fanOut.connection(false);
  const subscriber = openRedis(url);
  const publisher = openRedis(url);
  const redis = new RedisPubSub({ publisher, subscriber });
  // Both connect again by themselves; what waits for them is told by its own command.
  publisher.on('error', () => {});

  let isAway = false;
  let isClosed = false;
  let reason: unknown;
  const away = (): void => {
    fanOut.connection(false);
    if (isAway || isClosed) return;
    isAway = true;
    log.warn({ err: reason }, 'Redis cannot be reached: changes are not told until it is back');
  };
  subscriber.on('error', (error) => {
    reason = error;
    // Sentinels that cannot be reached close nothing.
    if (subscriber.status !== 'ready') away();
  });
  subscriber.on('close', away);

  let subscribed: Promise<unknown> | null = null;
  const subscribe = (): Promise<unknown> => {
    subscribed ??= redis
      .subscribe(EVENT_CHANNEL, (events: ChangeEvent[]) => {
        for (const event of events) fanOut.dispatch(event);
      })
      .catch((error: unknown) => {
        subscribed = null;
        throw error;
      });
    return subscribed;
  };
  const first = new Promise<void>((resolve) => {
    subscriber.on('ready', () => {
      // The second subscription is for a connection that took the place of the one that had subscribed.
      const listening = subscribe().then(() => subscriber.subscribe(EVENT_CHANNEL));
      listening.then(
        () => {
          fanOut.connection(true);
          if (isAway) log.warn('Redis is back');
          isAway = false;
          resolve();
        },
        () => {},
      );
    });
  });
  await Promise.race([first, sleep(patienceMs, undefined, { ref: false })]);
  return {
    publish: (events) => redis.publish(EVENT_CHANNEL, events),
    subscribe: (tenantId, type) => fanOut.subscribe(tenantId, type),
    listen: (callback, connected) => fanOut.listen(callback, connected),
    close: async () => {
      isClosed = true;
      await Promise.race([redis.close().catch(() => {}), sleep(closeMs, undefined, { ref: false })]);
      for (const client of [publisher, subscriber]) client.disconnect();
    },
  };
}

import pg from 'pg';
import { answerMs, watchedConnection } from './connection.ts';
import { listenPostgres } from './listen-postgres.ts';
import { type ChangeEvent, EVENT_CHANNEL, LocalFanOut, type PubSub } from './pubsub.ts';

/** NOTIFY takes less than 8000 bytes; an event is about 220. */
const EVENTS_PER_MESSAGE = 30;

/**
 * Pub/sub over LISTEN/NOTIFY. One connection per process listens; it reconnects by itself. Only the relay publishes, in
 * batches and outside business transactions, because NOTIFY serialises commits.
 */
export async function postgresPubSub(url: string): Promise<PubSub> {
  const fanOut = new LocalFanOut();
  const publisher = new pg.Pool({
    ...watchedConnection,
    connectionString: url,
    query_timeout: answerMs(),
    max: 1,
    application_name: 'valeo-publish',
  });
  publisher.on('error', () => {});
  const listener = await listenPostgres({
    url,
    applicationName: 'valeo-listen',
    channel: EVENT_CHANNEL,
    heard(payload) {
      for (const event of JSON.parse(payload || '[]') as ChangeEvent[]) fanOut.dispatch(event);
    },
    connected: (is) => fanOut.connection(is),
  });

  return {
    async publish(events) {
      for (let start = 0; start < events.length; start += EVENTS_PER_MESSAGE) {
        const batch = events.slice(start, start + EVENTS_PER_MESSAGE);
        await publisher.query('SELECT pg_notify($1, $2)', [EVENT_CHANNEL, JSON.stringify(batch)]);
      }
    },
    subscribe: (tenantId, type) => fanOut.subscribe(tenantId, type),
    listen: (callback, connected) => fanOut.listen(callback, connected),
    async close() {
      await Promise.all([publisher.end(), listener.stop()]);
    },
  };
}

import pg from 'pg';
import { answerMs, watchedConnection } from './connection.ts';
import { type ChangeEvent, EVENT_CHANNEL, LocalFanOut, type PubSub } from './pubsub.ts';

/** NOTIFY takes less than 8000 bytes; an event is about 220. */
const EVENTS_PER_MESSAGE = 30;
const RECONNECT_MS = 500;

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
  let closed = false;
  let listener: pg.Client | undefined;

  const connect = async (): Promise<void> => {
    const client = new pg.Client({ ...watchedConnection, connectionString: url, application_name: 'valeo-listen' });
    const again = () => {
      if (listener === client) listener = undefined;
      fanOut.connection(false);
      if (!closed) setTimeout(() => connect().catch(again), RECONNECT_MS).unref();
    };
    client.on('error', () => {});
    client.on('notification', ({ payload }) => {
      for (const event of JSON.parse(payload ?? '[]') as ChangeEvent[]) fanOut.dispatch(event);
    });
    await client.connect();
    client.once('end', again);
    await client.query(`LISTEN ${EVENT_CHANNEL}`);
    listener = client;
    fanOut.connection(true);
  };
  await connect();

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
      closed = true;
      await Promise.all([publisher.end(), listener?.end()]);
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { watchedConnection } from './connection.ts';

const RECONNECT_MS = 500;

interface Listening {
  readonly url: string;
  readonly applicationName: string;
  readonly channel: string;
  heard(payload: string): void;
  /** True from when on nothing is missed, false when that ends. */
  connected(is: boolean): void;
}

/**
 * Listens on a channel of PostgreSQL over one connection, which is opened again as often as it breaks: one after the other, since two
 * would hear everything twice.
 * @throws when the first connection cannot be opened.
 */
export async function listenPostgres(listening: Listening): Promise<{ stop(): Promise<void> }> {
  let isStopped = false;
  let current: pg.Client | undefined;

  const hold = (client: pg.Client): void => {
    current = client;
    client.once('end', () => {
      current = undefined;
      listening.connected(false);
      void openAgain();
    });
    listening.connected(true);
  };
  const openAgain = async (): Promise<void> => {
    while (!isStopped) {
      await sleep(RECONNECT_MS, undefined, { ref: false });
      const client = isStopped ? null : await open(listening).catch(() => null);
      if (client && isStopped) return client.end();
      if (client) return hold(client);
    }
  };

  hold(await open(listening));
  return {
    async stop() {
      isStopped = true;
      await current?.end();
    },
  };
}

async function open({ url, applicationName, channel, heard }: Listening): Promise<pg.Client> {
  const client = new pg.Client({ ...watchedConnection, connectionString: url, application_name: applicationName });
  client.on('error', () => {});
  client.on('notification', ({ payload }) => heard(payload ?? ''));
  await client.connect();
  try {
    await client.query(`LISTEN ${channel}`);
    return client;
  } catch (error) {
    void client.end();
    throw error;
  }
}

import { postgresPubSub } from '@valeo/kit/pubsub-postgres.ts';
import { redisPubSub } from '@valeo/kit/pubsub-redis.ts';
import type { Services } from '@valeo/kit/services.ts';
import { Database } from '@valeo/kit/tenant-db.ts';
import type { Config } from './config.ts';
import { knownSecret } from './secret.ts';

export interface OpenServices extends Services {
  close(): Promise<void>;
}

/** The channel on which the outbox relay is told that there is work. */
export const OUTBOX_CHANNEL = 'valeo_outbox';
// Commits come in crowds: one message for all of these few milliseconds.
const NUDGE_MS = 20;
const WORKER_IDLE_MS = 15_000;

/** The address of a replica with user, password and database of the address of its database, which it has copied. */
function asUserOf(databaseUrl: string, replicaUrl: string): string {
  const { username, password, pathname } = new URL(databaseUrl);
  return Object.assign(new URL(replicaUrl), { username, password, pathname }).href;
}

/** Opens what the subgraphs of one process share. `DATABASE_URL` must be that of the role `valeo_app`. */
export async function openServices(config: Config, service: 'server' | 'worker'): Promise<OpenServices> {
  const url = config.DATABASE_URL ?? '';
  const database = new Database({
    url,
    replicaUrls: (config.DATABASE_REPLICA_URLS ?? []).map((replica) => asUserOf(url, replica)),
    maxConnections: config.DATABASE_CONNECTIONS,
    applicationName: `valeo-${service}`,
    planning: service === 'worker' ? 'force_custom_plan' : 'auto',
    // What a worker that stands still has locked keeps others waiting.
    ...(service === 'worker' && { idleMaxMs: WORKER_IDLE_MS }),
  });
  const pubsub = await (config.REDIS_URL ? redisPubSub(config.REDIS_URL) : postgresPubSub(url));
  let nudge: NodeJS.Timeout | undefined;
  return {
    database,
    pubsub,
    installation: {
      secret: knownSecret(config.VALEO_DATA_DIR, config.VALEO_SECRET),
      publicUrl: config.PUBLIC_URL,
    },
    committed() {
      nudge ??= setTimeout(() => {
        nudge = undefined;
        // The relay looks by itself as well, only later.
        database.pool.query(`NOTIFY ${OUTBOX_CHANNEL}`).catch(() => {});
      }, NUDGE_MS);
    },
    async close() {
      clearTimeout(nudge);
      await pubsub.close();
      await database.close();
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import type { GatewayOptions, LocalSubgraph } from '@valeo/gateway/options.ts';
import { type RunningGateway, startGateway } from '@valeo/gateway/server.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import type { Caller } from '@valeo/kit/caller.ts';
import type { PubSub } from '@valeo/kit/pubsub.ts';
import { postgresPubSub } from '@valeo/kit/pubsub-postgres.ts';
import { redisPubSub } from '@valeo/kit/pubsub-redis.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';
import { Database } from '@valeo/kit/tenant-db.ts';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import type { TwoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { startRelay } from '@valeo/platform/worker/relay.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';
import { cacheOf } from '../embedded/cache.ts';
import { loadConfig } from '../embedded/config.ts';

/** Domains that the gateways of a test answer from. */
export const testDomains = [crm, inventory, sales, finance];

/** Callers by the API key that stands for them. */
export type TestCallers = Readonly<Record<string, Caller>>;

export interface Gateways {
  readonly gateways: readonly RunningGateway[];
  /** Kills Redis, and starts an empty one in its place. */
  readonly redis?: { kill(): Promise<void>; start(): void };
  /** Has the relay look for changes at once. */
  tell(): void;
  close(): Promise<void>;
}

/** What gateways of a test have in common: callers by key, no budgets, plans made at once. */
export const testOptions = (callers: TestCallers): GatewayOptions => ({
  port: 0,
  log: 'silent',
  planningTimeoutMs: 0,
  cost: { operationLimit: null, budgets: null },
  identity: {
    jwks: () => ({ keys: [] }),
    resolveApiKey: (key) => Promise.resolve((callers[key] ?? null) as never),
  },
});

/** Gateways with their cache on and a pub/sub each, and a relay between them, as processes of one installation would be. */
async function install(
  house: TwoTenants,
  callers: TestCallers,
  count: number,
  openPubSub: () => Promise<PubSub>,
  more: Partial<GatewayOptions> = {},
): Promise<Gateways> {
  const url = house.services.database.pool.options.connectionString ?? '';
  const relaysOwn = new Database({ url, maxConnections: 2 });
  const relayPubSub = await openPubSub();
  const relay = startRelay(relaysOwn, relayPubSub, []);
  const pubsubs = await Promise.all(Array.from({ length: count }, openPubSub));
  const gateways = await Promise.all(
    pubsubs.map((pubsub) => {
      const services = { ...house.services, pubsub, committed: () => relay.wake() };
      const cache = cacheOf(loadConfig({}), pubsub);
      return startGateway({
        ...testOptions(callers),
        local: testDomains.map((domain) => openSubgraph(domain, services) as LocalSubgraph),
        ...(cache && { cache }),
        ...more,
      });
    }),
  );
  return {
    gateways,
    tell: () => relay.wake(),
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.close(0)));
      await relay.stop();
      await relaysOwn.close();
      await Promise.all([relayPubSub, ...pubsubs].map((pubsub) => pubsub.close()));
    },
  };
}

export function installOverPostgres(house: TwoTenants, callers: TestCallers, count: number): Promise<Gateways> {
  const url = house.services.database.pool.options.connectionString ?? '';
  return install(house, callers, count, () => postgresPubSub(url));
}

/** @param program path of redis-server, which is started for these gateways alone. */
export async function installOverRedis(
  house: TwoTenants,
  callers: TestCallers,
  count: number,
  program: string,
): Promise<Gateways> {
  const port = await freePort();
  const start = () =>
    spawn(program, ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']);
  let server = start();
  const kill = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  const redisUrl = `redis://127.0.0.1:${port}`;
  const installed = await install(house, callers, count, () => redisPubSub(redisUrl), { redisUrl });
  return {
    gateways: installed.gateways,
    tell: installed.tell,
    redis: {
      kill: () => kill('SIGKILL'),
      start() {
        server = start();
      },
    },
    async close() {
      await installed.close();
      await kill('SIGTERM');
    },
  };
}

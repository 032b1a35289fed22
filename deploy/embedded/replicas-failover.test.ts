import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { log } from '@valeo/kit/log.ts';
import { Database, type Session } from '@valeo/kit/tenant-db.ts';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Standby, startStandby } from '../testing/copy-cluster.ts';
import { type EmbeddedPostgres, startPostgres } from './postgres.ts';

/** A replica takes over; of two others one follows it, and one has heard more of the old database than it has. */

const folder = mkdtempSync(join(tmpdir(), 'valeo-failover-'));
chmodSync(folder, 0o755); // The database may run as another user.
const session: Session = { domain: 'toy', tenantId: null, userId: null, requestId: 'test' };
const warnings = vi.spyOn(log, 'warn').mockImplementation(() => {});
let old: EmbeddedPostgres;
const standbys: Standby[] = [];
const clients: pg.Client[] = [];

const at = (url: string, changes: object): string => Object.assign(new URL(url), { search: '', ...changes }).href;
const connected = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
};
const ownerAt = (port: number): Promise<pg.Client> =>
  vi.waitFor(() => connected(at(old.url, { port })), { timeout: 30_000 });
const positionOf = async (client: pg.Client): Promise<bigint> => {
  const { rows } = await client.query(`SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::text AS bytes`);
  return BigInt(rows[0].bytes);
};

let newOwner: pg.Client;
let followerOwner: pg.Client;
let ports: { promoted: number; follower: number; diverged: number };

beforeAll(async () => {
  const port = await freePort();
  old = await startPostgres({ dataFolder: folder, port, purpose: 'durable' });
  const owner = await connected(at(old.url, { port }));
  await owner.query(`CREATE ROLE valeo_app LOGIN PASSWORD 'app' NOINHERIT; CREATE ROLE valeo_toy; GRANT valeo_toy TO valeo_app;
    CREATE SCHEMA toy; CREATE TABLE toy.mark (n int, filling text); INSERT INTO toy.mark VALUES (1);
    GRANT USAGE ON SCHEMA toy TO valeo_toy; GRANT SELECT ON toy.mark TO valeo_toy`);
  const cluster = join(folder, 'postgres-18');
  const start = async (name: string, follows: number): Promise<number> => {
    const standby = await startStandby(cluster, owner, join(folder, name), at(old.url, { port: follows }));
    standbys.push(standby);
    return standby.port;
  };
  const promoted = await start('promoted', port);
  newOwner = await ownerAt(promoted);
  const follower = await start('follower', promoted);
  followerOwner = await ownerAt(follower);
  const diverged = await start('diverged', port);
  const divergedOwner = await ownerAt(diverged);
  ports = { promoted, follower, diverged };

  // What the old database wrote last has reached one of them alone.
  const { rows } = await owner.query(`SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS bytes`);
  await vi.waitFor(async () => expect(await positionOf(followerOwner)).toBeGreaterThanOrEqual(BigInt(rows[0].bytes)), {
    timeout: 10_000,
  });
  await newOwner.query(`ALTER SYSTEM SET primary_conninfo = ''`);
  await newOwner.query('SELECT pg_reload_conf()');
  await vi.waitFor(async () => expect((await newOwner.query('SELECT 1 FROM pg_stat_wal_receiver')).rowCount).toBe(0), {
    timeout: 10_000,
  });
  await owner.query(`INSERT INTO toy.mark SELECT 2, repeat(md5(i::text), 100) FROM generate_series(1, 5000) AS i`);
  await vi.waitFor(
    async () => expect((await divergedOwner.query('SELECT 1 FROM toy.mark WHERE n = 2')).rowCount).toBe(5_000),
    { timeout: 10_000 },
  );
  await old.stop(5_000);
  await newOwner.query('SELECT pg_promote()');
}, 90_000);

afterAll(async () => {
  await Promise.allSettled(clients.map((client) => client.end()));
  await Promise.all(standbys.map((standby) => standby.stop()));
  await old?.stop(5_000);
  rmSync(folder, { recursive: true, force: true });
});

const opened = (replica: number): Database => {
  const url = at(old.url, { port: ports.promoted, username: 'valeo_app', password: 'app' });
  return new Database({ url, replicaUrls: [at(url, { port: replica })] });
};

async function read(from: Database): Promise<{ rows: number; replicated: boolean }> {
  const tx = await from.read(session);
  const [row] = await tx.query<{ rows: number; replicated: boolean }>(
    'SELECT count(*)::int AS rows, pg_is_in_recovery() AS replicated FROM toy.mark',
  );
  await tx.close();
  return row ?? { rows: -1, replicated: false };
}

test('a replica that has replayed more of the old database, which nobody else has, is not read', async () => {
  const database = opened(ports.diverged);
  warnings.mockClear();
  expect(await read(database)).toEqual({ rows: 1, replicated: false });
  expect(warnings.mock.lastCall?.[0]).toMatchObject({
    err: { message: 'It is on timeline 1, and the database on 2' },
  });
  await database.close();
});

test('a replica that follows the new database is read once it has noted that', async () => {
  await newOwner.query('CHECKPOINT');
  const { rows } = await newOwner.query(`SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS bytes`);
  await vi.waitFor(async () => expect(await positionOf(followerOwner)).toBeGreaterThanOrEqual(BigInt(rows[0].bytes)), {
    timeout: 10_000,
  });
  await followerOwner.query('CHECKPOINT');
  const database = opened(ports.follower);
  await vi.waitFor(async () => expect(await read(database)).toEqual({ rows: 1, replicated: true }), {
    timeout: 10_000,
  });
  await database.close();
});

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { log } from '@valeo/kit/log.ts';
import { Database, type Session, type Tx } from '@valeo/kit/tenant-db.ts';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { type Standby, startStandby } from '../testing/copy-cluster.ts';
import { type EmbeddedPostgres, startPostgres } from './postgres.ts';

/** A database and a copy of it that follows its log, as in a cluster. */

const folder = mkdtempSync(join(tmpdir(), 'valeo-replicas-'));
chmodSync(folder, 0o755); // The database may run as another user.
const session: Session = { domain: 'toy', tenantId: null, userId: null, requestId: 'test' };
const warnings = vi.spyOn(log, 'warn').mockImplementation(() => {});
let database: EmbeddedPostgres;
let standby: Standby;
let owner: pg.Client;
let ownerOfReplica: pg.Client;
let appUrl: string;
let replicaUrl: string;
let both: Database;

const connected = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  return client;
};

const at = (url: string, changes: object): string => Object.assign(new URL(url), { search: '', ...changes }).href;

beforeAll(async () => {
  const port = await freePort();
  database = await startPostgres({ dataFolder: folder, port, purpose: 'durable' });
  owner = await connected(database.url);
  await owner.query(`CREATE ROLE valeo_app LOGIN PASSWORD 'app' NOINHERIT; CREATE ROLE valeo_toy; GRANT valeo_toy TO valeo_app;
    CREATE SCHEMA toy; CREATE TABLE toy.mark (n int); INSERT INTO toy.mark VALUES (0);
    GRANT USAGE ON SCHEMA toy TO valeo_toy; GRANT SELECT, UPDATE ON toy.mark TO valeo_toy`);
  standby = await startStandby(join(folder, 'postgres-18'), owner, join(folder, 'replica'), at(database.url, { port }));
  appUrl = at(database.url, { port, username: 'valeo_app', password: 'app' });
  replicaUrl = at(appUrl, { port: standby.port });
  ownerOfReplica = await vi.waitFor(() => connected(at(database.url, { port: standby.port })), { timeout: 30_000 });
  both = new Database({ url: appUrl, replicaUrls: [replicaUrl] });
}, 60_000);

afterAll(async () => {
  await Promise.allSettled([both?.close(), owner?.end(), ownerOfReplica?.end()]);
  await standby?.stop();
  await database?.stop(5_000);
  rmSync(folder, { recursive: true, force: true });
});

const write = (from: Database, n: number): Promise<unknown> =>
  from.transaction(session, (tx) => tx.query('UPDATE toy.mark SET n = $1', [n]));

/** What is read, and whether a replica has answered. */
async function read(from: Database): Promise<{ n: number; replicated: boolean }> {
  const tx = await from.read(session);
  const [row] = await tx.query<{ n: number; replicated: boolean }>(
    'SELECT n, pg_is_in_recovery() AS replicated FROM toy.mark',
  );
  await tx.close();
  return row ?? { n: -1, replicated: false };
}

test('reads go to the replica, and none of them misses what was written before it', async () => {
  await vi.waitFor(async () => expect(await read(both)).toEqual({ n: 0, replicated: true }), { timeout: 10_000 });
  for (let n = 1; n <= 100; n += 1) {
    await write(both, n);
    const answers = await Promise.all([read(both), read(both), read(both)]);
    expect(answers.map((answer) => answer.n)).toEqual([n, n, n]);
  }
  await vi.waitFor(async () => expect(await read(both)).toEqual({ n: 100, replicated: true }));
});

test('a replica that has stopped to follow is passed by until it has caught up', async () => {
  await ownerOfReplica.query('SELECT pg_wal_replay_pause()');
  await write(both, 200);
  expect(await read(both)).toEqual({ n: 200, replicated: false });
  await ownerOfReplica.query('SELECT pg_wal_replay_resume()');
  await vi.waitFor(async () => expect(await read(both)).toEqual({ n: 200, replicated: true }), { timeout: 10_000 });
});

test('where commits do not wait for the disk, no read misses them either', async () => {
  await owner.query('ALTER ROLE valeo_app SET synchronous_commit = off');
  const hasty = new Database({ url: appUrl, replicaUrls: [replicaUrl] });
  for (let n = 1; n <= 50; n += 1) {
    await write(hasty, n);
    expect((await read(hasty)).n).toBe(n);
  }
  await write(hasty, 200);
  await vi.waitFor(async () => expect(await read(hasty)).toEqual({ n: 200, replicated: true }), { timeout: 10_000 });
  await hasty.close();
  await owner.query('ALTER ROLE valeo_app RESET synchronous_commit');
});

test('a replica whose connections are all in use is passed by, and not taken for one that does not answer', async () => {
  warnings.mockClear();
  const few = new Database({ url: appUrl, replicaUrls: [replicaUrl], maxConnections: 2 });
  await vi.waitFor(async () => expect((await read(few)).replicated).toBe(true));
  const open = [await few.read(session), await few.read(session)];
  expect(await read(few)).toEqual({ n: 200, replicated: false });
  await Promise.all(open.map((tx) => tx.close()));
  expect(await read(few)).toEqual({ n: 200, replicated: true });
  expect(warnings).not.toHaveBeenCalled();
  await few.close();
});

test('a read that loses its replica goes on at the database, as the same reader', async () => {
  const tenantId = '0197a000-0000-7000-8000-000000000001';
  const tx = await both.read({ ...session, tenantId });
  const where = `SELECT pg_is_in_recovery() AS replicated, current_user AS role, current_setting('app.tenant_id') AS tenant, n FROM toy.mark`;
  expect(await tx.query(where)).toEqual([{ replicated: true, role: 'valeo_toy', tenant: tenantId, n: 200 }]);
  const end = async (one: Tx): Promise<void> => {
    const [backend] = await one.query<{ pid: number }>('SELECT pg_backend_pid() AS pid WHERE pg_is_in_recovery()');
    await ownerOfReplica.query('SELECT pg_terminate_backend($1, 5000)', [backend?.pid]);
  };
  await end(tx);
  const [one, two] = await Promise.all([tx.query(where), tx.query(where)]);
  expect([...one, ...two]).toEqual(Array(2).fill({ replicated: false, role: 'valeo_toy', tenant: tenantId, n: 200 }));
  await tx.close();

  const read = await both.read(session);
  await end(read);
  await read.close();
});

test('what a statement itself is refused for is not asked again', async () => {
  const tx = await both.read(session);
  await expect(tx.query('UPDATE toy.mark SET n = 0')).rejects.toThrow('read-only');
  await expect(tx.query('SELECT n FROM toy.mark')).rejects.toThrow('aborted');
  await tx.close();
});

test('an address that leads to the database itself is no replica, and said to be none', async () => {
  warnings.mockClear();
  const wrong = new Database({ url: appUrl, replicaUrls: [appUrl] });
  expect(await read(wrong)).toEqual({ n: 200, replicated: false });
  expect(warnings).toHaveBeenCalledWith(
    expect.objectContaining({ err: expect.objectContaining({ message: 'It is no replica' }) }),
    'A read replica cannot be used: the database is read instead',
  );
  await wrong.close();
});

test('a replica that does not answer, or is gone, costs one short wait', async () => {
  warnings.mockClear();
  const replica = standby.process;
  replica.kill('SIGSTOP');
  const backends = spawnSync('pgrep', ['-P', String(replica.pid)], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n');
  const all = [replica.pid ?? 0, ...backends.map(Number)];
  const goOn = () => {
    for (const pid of all) process.kill(pid, 'SIGCONT');
  };
  onTestFailed(goOn);
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  expect(await Promise.all([read(both), read(both)])).toEqual(Array(2).fill({ n: 200, replicated: false }));
  expect(await read(both)).toEqual({ n: 200, replicated: false });
  expect(warnings).toHaveBeenCalledTimes(2);
  // Once it is tried again, one call alone waits for it.
  vi.setSystemTime(Date.now() + 6_000);
  await Promise.all([read(both), read(both), read(both)]);
  vi.useRealTimers();
  expect(warnings).toHaveBeenCalledTimes(3);
  goOn();
  await vi.waitFor(async () => expect((await read(both)).replicated).toBe(true), { timeout: 15_000, interval: 250 });
  replica.kill('SIGQUIT');
  await once(replica, 'exit');
  expect(await read(both)).toEqual({ n: 200, replicated: false });
});

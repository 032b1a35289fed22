import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { copyCluster } from '../testing/copy-cluster.ts';
import { type EmbeddedPostgres, startPostgres } from './postgres.ts';
import { giveTo, postgresHome } from './postgres-home.ts';
import { processesOn } from './postgres-leftovers.ts';

/** A database that goes back to a moment of its past, as the guide for operators does it. */

const folders: string[] = [];
const running: EmbeddedPostgres[] = [];
afterEach(async () => {
  for (const database of running.splice(0)) await database.stop(5_000);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const start = async (dataFolder: string): Promise<EmbeddedPostgres> => {
  const database = await startPostgres({ dataFolder, port: await freePort(), purpose: 'durable' });
  running.push(database);
  return database;
};

const asOwner = async <T>(database: EmbeddedPostgres, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return work(client).finally(() => client.end());
};

/** A data folder whose database has yet to replay its log up to a named moment; each of its files takes a second to come. */
async function restored(settings: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'valeo-recovery-'));
  folders.push(folder);
  chmodSync(folder, 0o755); // The database may run as another user.
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  giveTo(postgresHome(folder).user, archive);
  const database = await start(folder);
  await asOwner(database, async (owner) => {
    await owner.query(`ALTER SYSTEM SET archive_mode = on`);
    await owner.query(`ALTER SYSTEM SET archive_command = 'cp %p ${archive}/%f'`);
    await owner.query('CREATE TABLE mark (n int)');
  });
  await running.pop()?.stop(5_000);
  const cluster = join(folder, 'postgres-18');
  const again = await start(folder);
  await asOwner(again, async (owner) => {
    await copyCluster(cluster, owner, join(folder, 'copy'), {
      settings: { restore_command: `sleep 1; cp ${archive}/%f %p`, recovery_target_name: 'here', ...settings },
      files: { 'recovery.signal': '' },
    });
    for (const n of [1, 2]) {
      await owner.query(`INSERT INTO mark VALUES (${n})`);
      await owner.query('SELECT pg_switch_wal()');
    }
    await owner.query(`SELECT pg_create_restore_point('here')`);
    await owner.query('INSERT INTO mark VALUES (3)');
  });
  await running.pop()?.stop(5_000);
  rmSync(cluster, { recursive: true });
  return folder;
}

const putBack = (folder: string): void => renameSync(join(folder, 'copy'), join(folder, 'postgres-18'));

test('a database is there once its log is replayed, and not already when it can be read', async () => {
  const folder = await restored({ recovery_target_action: 'promote' });
  putBack(folder);
  const database = await start(folder);
  await asOwner(database, async (owner) => {
    const { rows } = await owner.query('SELECT pg_is_in_recovery() AS replays, array_agg(n) AS marks FROM mark');
    expect(rows).toEqual([{ replays: false, marks: [1, 2] }]);
    await owner.query('INSERT INTO mark VALUES (4)');
  });
}, 60_000);

test('a start that is given up while the log is replayed leaves no process', async () => {
  const folder = await restored({ recovery_target_action: 'promote' });
  putBack(folder);
  const stop = new AbortController();
  const starting = startPostgres({
    dataFolder: folder,
    port: await freePort(),
    purpose: 'durable',
    signal: stop.signal,
  });
  const cluster = join(folder, 'postgres-18');
  await expect.poll(() => processesOn(cluster).length, { timeout: 10_000 }).toBeGreaterThan(0);
  stop.abort();
  await expect(starting).rejects.toThrow('aborted');
  expect(processesOn(cluster)).toEqual([]);
}, 60_000);

test('a recovery that waits at its target for somebody to go on ends the start with what to do', async () => {
  const folder = await restored({});
  putBack(folder);
  await expect(start(folder)).rejects.toThrow(
    "its recovery has reached its target and waits there: set recovery_target_action = 'promote'",
  );
}, 60_000);

test('a copy that follows another database ends the start', async () => {
  const folder = await restored({ recovery_target_name: '' });
  renameSync(join(folder, 'copy', 'recovery.signal'), join(folder, 'copy', 'standby.signal'));
  putBack(folder);
  await expect(start(folder)).rejects.toThrow('standby.signal makes it the copy of another database');
}, 60_000);

import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import '@valeo/kit/testing/database.ts';
import { type FolderLock, lockFolder, tryLockFolder } from '../embedded/folder-lock.ts';
import { migrateDatabase } from '../embedded/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { endLeftovers } from '../embedded/postgres-leftovers.ts';

const PREFIX = 'valeo-test-';

/** Set-up of a test run: one throw-away PostgreSQL with one migrated database, which every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o755); // The database may run as another user.
  const lock = await lockFolder(folder);
  const postgres = await startPostgres({ dataFolder: folder, port: await freePort(), purpose: 'throwaway' });
  const end = async (): Promise<void> => {
    await postgres.stop(5_000);
    remove(folder, lock);
  };
  try {
    const appUrl = await migrateDatabase(postgres.url, 'secret of the test run');
    project.provide('testCluster', { ownerUrl: postgres.url, appUrl });
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}

/** Ends and removes what test runs that were killed have left. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const lock = tryLockFolder(folder);
    if (!lock) continue;
    for (const cluster of readdirSync(folder).filter((entry) => /^postgres-\d+$/.test(entry))) {
      await endLeftovers(join(folder, cluster));
    }
    remove(folder, lock);
  }
}

function remove(folder: string, lock: FolderLock): void {
  lock.release();
  rmSync(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

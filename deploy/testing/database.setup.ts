import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import '@valeo/kit/testing/database.ts';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { type FolderLock, lockFolder } from '../embedded/folder-lock.ts';
import { migrateDatabase } from '../embedded/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { sweep, TEST_FOLDER } from './sweep.ts';

/** Set-up of a test run: one throw-away PostgreSQL with one migrated database, which every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER));
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

function remove(folder: string, lock: FolderLock): void {
  lock.release();
  rmSync(folder, { recursive: true, force: true });
}

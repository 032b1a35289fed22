import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLockFolder } from '../embedded/folder-lock.ts';
import { endLeftovers } from '../embedded/postgres-leftovers.ts';

/** Names of the folders that tests put into the folder for temporary files. */
export const TEST_FOLDER = 'valeo-test-';

/** Ends and removes what test runs that were killed have left; what is in use by another run stays. */
export async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(TEST_FOLDER)) continue;
    const folder = join(tmpdir(), name);
    const lock = tryLockFolder(folder);
    if (!lock) continue;
    for (const cluster of readdirSync(folder).filter((entry) => /^postgres-\d+$/.test(entry))) {
      await endLeftovers(join(folder, cluster));
    }
    lock.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

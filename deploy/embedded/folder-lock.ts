import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './start-error.ts';

/** The one right to run on a data folder. */
export interface FolderLock {
  /** Tells a waiting instance that this one is on its way out, so that it waits instead of giving up. */
  announceStop(): void;
  release(): void;
}

interface Holder {
  pid: number;
  stopping: boolean;
}

const HOLDER_FILE = 'instance.json';
const RETRY_MS = 100;
const PATIENCE_RUNNING_MS = 3_000;
const PATIENCE_STOPPING_MS = 20_000;

/**
 * Takes the data folder for this process. The lock is held by the kernel (a locked SQLite file), so it is gone the moment
 * its holder is gone, however that happened; a file with a process id would have to be judged instead.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const startedAt = Date.now();
  for (;;) {
    const lock = tryLockFolder(folder);
    if (lock) return lock;
    const holder = readHolder(join(folder, HOLDER_FILE));
    const patienceMs = holder?.stopping ? PATIENCE_STOPPING_MS : PATIENCE_RUNNING_MS;
    if (Date.now() - startedAt > patienceMs) throw new StartError(inUse(folder, holder));
    await sleep(RETRY_MS);
  }
}

/** The lock if nobody has it, else null. */
export function tryLockFolder(folder: string): FolderLock | null {
  const database = new DatabaseSync(join(folder, 'instance.lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return held(database, join(folder, HOLDER_FILE));
  } catch (error) {
    database.close();
    if (/locked/.test(String(error))) return null;
    throw error;
  }
}

function held(database: DatabaseSync, holderFile: string): FolderLock {
  const write = (stopping: boolean): void =>
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid, stopping } satisfies Holder));
  write(false);
  return {
    announceStop: () => write(true),
    release: () => database.close(),
  };
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function inUse(folder: string, holder: Holder | null): string {
  const who = holder ? ` (process ${holder.pid})` : '';
  return `Another VALEO NeuroERP${who} is running on ${folder}: stop it, or set VALEO_DATA_DIR, PORT, GATEWAY_PORT and POSTGRES_PORT to start a second one.`;
}

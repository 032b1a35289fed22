import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { requireFreePort } from './ports.ts';
import { giveTo, type PostgresHome, postgresHome } from './postgres-home.ts';
import { endLeftovers } from './postgres-leftovers.ts';
import { memoryLimit, type PostgresPurpose, postgresSettings, renderSettings } from './postgres-settings.ts';
import { StartError } from './start-error.ts';

/** A running PostgreSQL 18 of our own. */
export interface EmbeddedPostgres {
  /** Connection URL of the owner of database `valeo`. */
  readonly url: string;
  /** Folder that holds the cluster; not the one asked for when the database user could not reach that. */
  readonly folder: string;
  readonly pid: number;
  /** A sentence for the operator, if there is something unexpected to say about this start. */
  readonly notice: string | null;
  /** Resolves when the process has ended, whether asked to or not. */
  readonly ended: Promise<void>;
  /** Ends it within the time: at first in order, near the end by the shutdown that the next start recovers from. */
  stop(withinMs: number): Promise<void>;
}

export interface PostgresOptions {
  dataFolder: string;
  port: number;
  purpose: PostgresPurpose;
  /** Ends the start, and the server with it, which may replay its log for long. */
  signal?: AbortSignal;
}

const OWNER = 'valeo';
const DATABASE = 'valeo';
const VERSION_MAJOR = 18;
const START_PATIENCE_MS = 60_000;
const GIVE_UP_MS = 3_000;
const POLL_MS = 40;
/** 107 bytes are what the path of a socket may have; its name takes up to 19 of them. */
const SOCKET_FOLDER_LENGTH_MAX = 88;
const LOG_CHARACTERS = 10_000;

/**
 * Starts PostgreSQL on a folder, making the cluster on first use. The caller must hold the lock of that folder. The server is
 * in a process group of its own, so that Ctrl-C reaches it only through `stop`, after everything that uses it.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const home = postgresHome(options.dataFolder);
  const cluster = join(home.folder, `postgres-${VERSION_MAJOR}`);
  const password = passwordOf(home, cluster);
  if (!existsSync(cluster)) makeCluster(home, cluster, password, options.purpose);
  await endLeftovers(cluster);
  await requireFreePort('POSTGRES_PORT', options.port, '127.0.0.1');
  const socketFolder = canHoldSocket(cluster) ? cluster : null;
  const settings = postgresSettings(options.purpose, memoryLimit(), socketFolder);
  writeSettings(join(cluster, 'postgresql.conf'), renderSettings(settings));

  const url = urlOf(password, options.port, 'postgres');
  const server = await launch(home, cluster, options.port, url, options.signal);
  await ensureDatabase(url);
  return {
    url: await quickest(urlOf(password, options.port, DATABASE), socketFolder),
    folder: home.folder,
    pid: server.pid as number,
    notice: home.notice,
    ended: ended(server),
    stop: (withinMs) => stopServer(server, cluster, withinMs),
  };
}

function urlOf(password: string, port: number, database: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The names of sockets are short and plain: a longer path keeps PostgreSQL from starting, and a comma separates two of them. */
const canHoldSocket = (folder: string): boolean =>
  process.platform !== 'win32' && /^[\w./-]+$/.test(folder) && folder.length <= SOCKET_FOLDER_LENGTH_MAX;

/** By the socket of the cluster a small statement costs a third less than by TCP. Not everybody may go into its folder. */
async function quickest(url: string, socketFolder: string | null): Promise<string> {
  if (socketFolder === null) return url;
  const bySocket = `${url}?host=${encodeURIComponent(socketFolder)}`;
  return onConnection(bySocket, (client) => client.query('select 1')).then(
    () => bySocket,
    () => url,
  );
}

function passwordOf(home: PostgresHome, cluster: string): string {
  const file = join(home.folder, 'postgres.password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(cluster)) {
    throw new StartError(
      `The database in ${cluster} is there but its password file ${file} is not: put that file back.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Makes the cluster under another name first: one that was cut short must never look like a whole one. */
function makeCluster(home: PostgresHome, cluster: string, password: string, purpose: PostgresPurpose): void {
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(home.user, unfinished);
  const passwordFile = join(home.folder, 'postgres.password.once');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(home.user, passwordFile);
  const result = spawnSync(
    home.initdb,
    [
      `--pgdata=${unfinished}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorts the same on every machine, whatever its language.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(purpose === 'throwaway' ? ['--no-sync'] : []),
    ],
    { ...home.user, cwd: home.folder, env: environment(), encoding: 'utf8' },
  );
  rmSync(passwordFile);
  if (result.status !== 0) {
    const reason = lastLine(result.stderr ?? '') || String(result.error ?? `exit code ${result.status}`);
    throw new StartError(`The database could not be made in ${cluster}: ${reason}`);
  }
  renameSync(unfinished, cluster);
}

/** On a full disk a file that is written again is left empty. */
function writeSettings(file: string, text: string): void {
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

/** Starts the server; what is left of a killed one can hold its files for a moment more, so the first failures are not the end. */
async function launch(
  home: PostgresHome,
  cluster: string,
  port: number,
  url: string,
  signal: AbortSignal | undefined,
): Promise<ChildProcess> {
  const deadline = Date.now() + START_PATIENCE_MS;
  const logFile = join(home.folder, 'postgres-start.log');
  for (;;) {
    const log = openSync(logFile, 'w');
    const server = spawn(home.postgres, ['-D', cluster, '-p', String(port)], {
      ...home.user,
      cwd: cluster,
      env: environment(),
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const failure = await answers(server, cluster, url, deadline, signal);
    if (failure === null) return server;
    signal?.throwIfAborted();
    const reason = lastLine(readFileSync(logFile, 'utf8')) || reasonInLog(join(cluster, 'log')) || failure;
    const passing = /lock file|shared memory|Address already in use/i.test(reason);
    if (!passing || Date.now() > deadline) {
      throw new StartError(`The database in ${cluster} did not start: ${reason}; its log is ${join(cluster, 'log')}.`);
    }
    await endLeftovers(cluster);
    await sleep(POLL_MS);
  }
}

/** Null once the server takes writes, else why it does not. Recovery, after a crash or from a backup, may take its time. */
async function answers(
  server: ChildProcess,
  cluster: string,
  url: string,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  let failure: string | null = null;
  server.once('error', (error) => {
    failure = error.message;
  });
  server.once('exit', (code, signal) => {
    failure ??= `it ended with ${signal ?? `code ${code}`}`;
  });
  while (failure === null) {
    if (signal?.aborted) {
      await stopServer(server, cluster, GIVE_UP_MS);
      signal.throwIfAborted();
    }
    try {
      const { replays, waits } = await onConnection(url, replay);
      if (!replays) return null;
      const endless = waits
        ? "its recovery has reached its target and waits there: set recovery_target_action = 'promote'"
        : existsSync(join(cluster, 'standby.signal')) && 'standby.signal makes it the copy of another database';
      if (endless) {
        await stopServer(server, cluster, GIVE_UP_MS);
        throw new StartError(`The database in ${cluster} takes no writes: ${endless}.`);
      }
    } catch (error) {
      if (error instanceof StartError) throw error;
      if ((error as { code?: string }).code === '28P01') {
        failure = 'its password is not the one in postgres.password';
        server.kill('SIGINT');
      }
      // While it still recovers, only its end or the deadline counts.
      else if (Date.now() > deadline && (error as { code?: string }).code !== '57P03') {
        server.kill('SIGQUIT');
        failure = `it did not answer in ${START_PATIENCE_MS / 1000} s`;
      }
    }
    await sleep(POLL_MS);
  }
  return failure;
}

/** Whether a server replays its log, while which it may answer reads but takes no writes, and whether it has stopped there. */
async function replay(client: pg.Client): Promise<{ replays: boolean; waits: boolean }> {
  const { rows } = await client.query<{ replays: boolean; waits: boolean }>(
    `select pg_is_in_recovery() as replays,
       case when pg_is_in_recovery() then pg_get_wal_replay_pause_state() = 'paused' else false end as waits`,
  );
  return rows[0] ?? { replays: false, waits: false };
}

async function ensureDatabase(url: string): Promise<void> {
  await onConnection(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

async function onConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // The query itself reports the loss of its connection.
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function stopServer(server: ChildProcess, cluster: string, withinMs: number): Promise<void> {
  const end = ended(server);
  const inTime = (ms: number): Promise<boolean> =>
    Promise.race([end.then(() => true), sleep(ms, false, { ref: false })]);
  server.kill('SIGINT');
  if (await inTime(withinMs * 0.8)) return;
  server.kill('SIGQUIT');
  if (await inTime(withinMs * 0.2)) return;
  await endLeftovers(cluster);
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => server.once('exit', () => resolve()));
}

function environment(): NodeJS.ProcessEnv {
  // Settings of another PostgreSQL of this user (PGDATA, PGPORT, ...) must not leak in.
  return { PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C', TZ: 'UTC' };
}

function lastLine(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => /FATAL|error|PANIC/i.test(line));
  return (lines.at(0) ?? '').replace(/^.*?(FATAL|PANIC|error):\s*/i, '').trim();
}

/** What ended the server, by the last of what it wrote; those who were refused meanwhile say nothing about it. */
function reasonInLog(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const newest = files.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).at(-1);
  const lines = newest ? readFileSync(newest, 'utf8').slice(-LOG_CHARACTERS).split('\n') : [];
  const fatal = lines.filter((line) => /\] (FATAL|PANIC):/.test(line)).at(-1) ?? '';
  return fatal.replace(/^.*?(FATAL|PANIC):\s*/, '').trim();
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import type pg from 'pg';
import { giveTo, postgresHome } from '../embedded/postgres-home.ts';

/** A backup of a running cluster in another folder, which a start would recover from, with more settings and files. */
export async function copyCluster(
  cluster: string,
  owner: pg.Client,
  copy: string,
  { settings = {}, files = {} }: { settings?: Record<string, string>; files?: Record<string, string> },
): Promise<void> {
  await owner.query(`SELECT pg_backup_start('copy', true)`);
  spawnSync('cp', ['-a', cluster, copy]);
  const { rows } = await owner.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
  for (const file of ['postmaster.pid', 'postmaster.opts']) rmSync(join(copy, file), { force: true });
  const { user } = postgresHome(join(copy, '..'));
  for (const [file, text] of Object.entries({ backup_label: rows[0]?.labelfile ?? '', ...files })) {
    writeFileSync(join(copy, file), text);
    giveTo(user, join(copy, file));
  }
  for (const [name, value] of Object.entries(settings))
    appendFileSync(join(copy, 'postgresql.auto.conf'), `${name} = '${value.replaceAll("'", "''")}'\n`);
}

/** A copy that follows the log of another server. */
export interface Standby {
  readonly process: ChildProcess;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a copy of a cluster that follows the server at an address. */
export async function startStandby(cluster: string, owner: pg.Client, copy: string, follows: string): Promise<Standby> {
  await copyCluster(cluster, owner, copy, {
    settings: { primary_conninfo: follows, unix_socket_directories: '' },
    files: { 'standby.signal': '' },
  });
  const { postgres, user } = postgresHome(join(copy, '..'));
  const port = await freePort();
  const server = spawn(postgres, ['-D', copy, '-p', String(port)], { ...user, cwd: copy, stdio: 'ignore' });
  return {
    process: server,
    port,
    async stop() {
      server.kill('SIGINT');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
// Fast shutdown, then the one that recovers from the log at the next start, then none at all.
const ESCALATION = [
  { signal: 'SIGINT', patienceMs: 10_000 },
  { signal: 'SIGQUIT', patienceMs: 3_000 },
  { signal: 'SIGKILL', patienceMs: 3_000 },
] as const;

/**
 * Ends what an instance that was killed has left running on this cluster. The caller holds the lock of the folder, so nobody
 * else can be using it. Afterwards no process works on the cluster and no stale lock file names an unrelated process.
 */
export async function endLeftovers(cluster: string): Promise<boolean> {
  const found = processesOn(cluster).length > 0;
  for (const { signal, patienceMs } of ESCALATION) {
    const deadline = Date.now() + patienceMs;
    for (const pid of postmasterFirst(cluster)) signalTo(pid, signal);
    while (processesOn(cluster).length > 0 && Date.now() < deadline) await sleep(POLL_MS);
    if (processesOn(cluster).length === 0) break;
  }
  if (processesOn(cluster).length === 0) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return found;
}

// Only the postmaster may be told: it ends its own processes in order. Without one, they are told themselves.
function postmasterFirst(cluster: string): number[] {
  const all = processesOn(cluster);
  const postmaster = postmasterPid(cluster);
  return postmaster !== null && all.includes(postmaster) ? [postmaster] : all;
}

function postmasterPid(cluster: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10);
    return Number.isInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}

/** Ids of the processes that work on the cluster: every process of PostgreSQL has it as its working directory. */
export function processesOn(cluster: string): number[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === cluster && isPostgres(name))
      .map(Number);
  }
  const pid = postmasterPid(cluster);
  return pid !== null && commandOf(pid).includes(cluster) ? [pid] : [];
}

function workingDirectory(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // Gone, or of another user and so not ours.
  }
}

function isPostgres(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { endLeftovers, processesOn } from '../embedded/postgres-leftovers.ts';

/** Environment and folder of one installation under test. */
export interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly cluster: string;
  readonly gatewayPort: number;
  remove(): Promise<void>;
}

export async function makePlace(parent: string = tmpdir()): Promise<Place> {
  const folder = mkdtempSync(join(parent, 'valeo-system-'));
  chmodSync(folder, 0o755); // The database may run as another user.
  const [web, gateway, postgres] = [await freePort(), await freePort(), await freePort()];
  const cluster = join(folder, 'postgres-18');
  return {
    folder,
    cluster,
    gatewayPort: gateway,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      VALEO_DATA_DIR: folder,
      PORT: String(web),
      GATEWAY_PORT: String(gateway),
      POSTGRES_PORT: String(postgres),
    },
    async remove() {
      await endLeftovers(cluster);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A started installation and what it has printed so far. */
export class Installation {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output = '';

  constructor(env: NodeJS.ProcessEnv, start = 'system/programs/start.ts') {
    this.child = spawn(process.execPath, [join(import.meta.dirname, '..', start)], {
      env,
      detached: true,
      // The channel ends the installation with the test that started it, even one that was killed.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.output += chunk;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.output += chunk;
    });
    this.exit = new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Waits for a line; fails with the whole output when the installation ends first. */
  async printed(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const match = this.output.match(pattern);
      if (match) return match;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        await sleep(100);
        const late = this.output.match(pattern);
        if (late) return late;
        throw new Error(`It ended without printing ${pattern}:\n${this.output}`);
      }
      await sleep(20);
    }
  }

  /** Ids of all processes that the programs have printed. */
  get processes(): number[] {
    return [...this.output.matchAll(/^(?:prepared|server|worker|careless|web|once) (\d+)$/gm)].map((match) =>
      Number(match[1]),
    );
  }

  latest(name: string): number {
    return Number([...this.output.matchAll(new RegExp(`^${name} (\\d+)$`, 'gm'))].at(-1)?.[1]);
  }
}

/** Waits until none of the processes runs and nobody works on the cluster. */
export async function allGone(pids: readonly number[], cluster?: string): Promise<void> {
  while (pids.some(isRunning) || (cluster && processesOn(cluster).length > 0)) await sleep(20);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

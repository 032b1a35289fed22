import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { inject } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A web server of its own before the graph of the installation, for journeys in which it is killed or replaced. */
export class OwnWeb {
  readonly port: number;
  readonly url: string;
  #child: ChildProcess | undefined;

  constructor(port: number) {
    this.port = port;
    this.url = `http://localhost:${port}`;
  }

  /** Starts a build of the web app; without a folder the one of the installation. `settings` are those of an operator. */
  async start(
    buildFolder = process.env.WEB_BUILD_FOLDER || '.next',
    settings: Record<string, string> = {},
  ): Promise<void> {
    this.#child = spawn(process.execPath, [join(root, 'frontend', 'server.ts')], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(this.port),
        PUBLIC_URL: this.url,
        GATEWAY_URL: new URL(inject('installation').graphUrl).origin,
        WEB_BUILD_FOLDER: buildFolder,
        ...settings,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (let at = 0; at < 300; at += 1) {
      if (await fetch(`${this.url}/health/live`).catch(() => null)) return;
      await sleep(100);
    }
    throw new Error('The web server did not start');
  }

  /** Ends it without a word, so that nothing answers on its port. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

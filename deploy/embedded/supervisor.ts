import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstallationState } from '@valeo/kit/follow-supervisor.ts';
import type { Config } from './config.ts';
import { isDemoComplete } from './demo-complete.ts';
import { requireOwner } from './external-postgres.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { OneShotProcess } from './one-shot-process.ts';
import { requireFreePort } from './ports.ts';
import { type EmbeddedPostgres, startPostgres } from './postgres.ts';
import { writableFolder } from './postgres-home.ts';
import type { Progress } from './progress.ts';
import { installationSecret } from './secret.ts';
import { SupervisedProcess } from './supervised-process.ts';
import { graphUrl, webUrl } from './urls.ts';

/** The files that an installation runs. Tests put small programs in the place of the real ones. */
export interface Programs {
  readonly server: string;
  readonly worker: string;
  readonly web: string;
  /** Runs to its end before the web server starts. */
  readonly webBuild: string | null;
  /** Runs to its end; only then is the installation ready. */
  readonly demoData: string | null;
  /** Servers start again when their code changes, and pages are compiled when they are asked for. */
  readonly development?: boolean;
}

const DRAIN_MS = 5_000;
const DATABASE_STOP_MS = 4_000;
const DATABASE_AGAIN_MS = 2_000;
const POLL_MS = 100;
const DEMO_ATTEMPTS = 3;

/** Starts everything in order, keeps it running, and stops it in the opposite order. */
export class Supervisor {
  readonly #config: Config;
  readonly #programs: Programs;
  readonly #progress: Progress;
  readonly #processes: SupervisedProcess[] = [];
  readonly #oneShots: OneShotProcess[] = [];
  readonly #state: InstallationState;
  #lock: FolderLock | undefined;
  #database: Promise<string> | undefined;
  #postgres: EmbeddedPostgres | undefined;
  #stopped: Promise<void> | undefined;
  readonly #noDatabase = new AbortController();

  constructor(config: Config, programs: Programs, progress: Progress) {
    this.#config = config;
    this.#programs = programs;
    this.#progress = progress;
    this.#state = { demoData: config.DEMO_DATA && programs.demoData ? 'loading' : 'off' };
  }

  /** Resolves when users can sign in. The web app is built while database and demo data get ready. */
  async start(): Promise<void> {
    const { VALEO_DATA_DIR, HOST, PORT, GATEWAY_PORT, LOG_LEVEL } = this.#config;
    const folder = writableFolder(VALEO_DATA_DIR);
    this.#lock = await lockFolder(folder);
    await Promise.all([requireFreePort('PORT', PORT, HOST), requireFreePort('GATEWAY_PORT', GATEWAY_PORT, HOST)]);
    const secret = installationSecret(folder, this.#config.VALEO_SECRET);
    // Compiled code of the last start: half of a server's start-up would otherwise be compiling.
    const compiled = join(folder, 'cache', 'node');
    enableCompileCache(compiled);
    const env = {
      ...process.env,
      NODE_ENV: this.#programs.development ? 'development' : 'production',
      NODE_COMPILE_CACHE: compiled,
      NEXT_TELEMETRY_DISABLED: '1',
      APOLLO_TELEMETRY_DISABLED: '1',
      LOG_LEVEL,
      VALEO_DATA_DIR: folder,
      VALEO_SECRET: secret,
      PUBLIC_URL: this.#config.PUBLIC_URL,
      DEMO_DATA: this.#config.DEMO_DATA ? 'on' : 'off',
      GATEWAY_URL: graphUrl(this.#config).replace(/\/graphql$/, ''),
    };
    await Promise.all([this.#startServers(env, folder, secret), this.#startWeb(env)]);
    await this.#answers(`${env.GATEWAY_URL}/health/ready`);
    await this.#answers(`${webUrl(this.#config)}/sign-in`);
  }

  get stopping(): boolean {
    return this.#stopped !== undefined;
  }

  /** Starts the processes that run the domains' code again. Next watches its own files. */
  async restartServers(): Promise<void> {
    this.#progress.line('The code changed; server and worker are started again');
    const changed = this.#processes.filter(({ program }) => program.file !== this.#programs.web);
    await Promise.all(changed.map((process) => process.restart()));
  }

  /** Ends everything within 10 seconds. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #startServers(env: NodeJS.ProcessEnv, folder: string, secret: string): Promise<void> {
    this.#database = this.#openDatabase(folder);
    // All domains are loaded for this, which takes as long as the database does to start.
    const [ownerUrl, { migrateDatabase }] = await Promise.all([this.#database, import('./migrate.ts')]);
    this.#progress.line('Bringing the database up to date');
    const withDatabase = { ...env, DATABASE_URL: await migrateDatabase(ownerUrl, secret) };
    if (this.#state.demoData === 'loading' && (await isDemoComplete(ownerUrl))) this.#state.demoData = 'complete';
    await Promise.all([
      this.#run('server', this.#programs.server, withDatabase),
      this.#run('worker', this.#programs.worker, withDatabase),
    ]);
    this.#progress.line('Graph and worker started');
    if (this.#state.demoData === 'loading' && this.#programs.demoData) {
      await this.#loadDemoData(this.#programs.demoData, withDatabase);
    }
  }

  async #startWeb(env: NodeJS.ProcessEnv): Promise<void> {
    if (this.#programs.webBuild) await this.#once('web build', this.#programs.webBuild, env);
    await this.#run('web server', this.#programs.web, env);
    this.#progress.line('Web app started');
  }

  async #openDatabase(folder: string): Promise<string> {
    const { DATABASE_URL } = this.#config;
    if (DATABASE_URL) {
      await requireOwner(DATABASE_URL);
      return DATABASE_URL;
    }
    this.#progress.line('Starting PostgreSQL');
    const { url, notice } = await this.#startPostgres(folder);
    if (notice) this.#progress.line(notice);
    return url;
  }

  async #startPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
    const { signal } = this.#noDatabase;
    const port = this.#config.POSTGRES_PORT;
    const postgres = await startPostgres({ dataFolder, port, purpose: 'durable', signal });
    this.#postgres = postgres;
    void postgres.ended.then(() => this.#databaseEnded(dataFolder));
    return postgres;
  }

  #databaseEnded(dataFolder: string): void {
    if (this.#stopped) return;
    this.#progress.line('PostgreSQL ended; it is started again.');
    this.#database = this.#startPostgresAgain(dataFolder);
    // Ends only when everything is stopped.
    this.#database.catch(() => {});
  }

  /** What keeps it from starting, such as a full disk, is the operator's to mend; the rest goes on as soon as it is. */
  async #startPostgresAgain(dataFolder: string): Promise<string> {
    let told: string | undefined;
    for (;;) {
      try {
        const { url } = await this.#startPostgres(dataFolder);
        if (told) this.#progress.line('PostgreSQL is there again.');
        return url;
      } catch (error) {
        const { message } = error as Error;
        if (this.#stopped) throw error;
        // Names of files and processes differ each time.
        const reason = message.replace(/\d+/g, '');
        if (reason !== told) this.#progress.line(`${message} It is tried again until it starts.`);
        told = reason;
        await sleep(DATABASE_AGAIN_MS);
        if (this.#stopped) throw error;
      }
    }
  }

  async #loadDemoData(file: string, env: NodeJS.ProcessEnv): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#once('demo data', file, env);
        break;
      } catch (error) {
        if (attempt === DEMO_ATTEMPTS) throw error;
        this.#progress.line('Loading the demo data failed; it goes on where it stopped.');
      }
    }
    this.#state.demoData = 'complete';
    for (const process of this.#processes) process.tell(this.#state);
  }

  #run(name: string, file: string, env: NodeJS.ProcessEnv): Promise<void> {
    if (this.#stopped) return new Promise(() => {});
    const { development } = this.#programs;
    const standby = name === 'server' && !development;
    const program = { name, file, env, standby };
    const process = new SupervisedProcess(program, (text) => this.#progress.line(text));
    process.tell(this.#state);
    this.#processes.push(process);
    return process.start();
  }

  #once(name: string, file: string, env: NodeJS.ProcessEnv): Promise<void> {
    if (this.#stopped) return new Promise(() => {});
    const process = new OneShotProcess({ name, file, env });
    this.#oneShots.push(process);
    return process.run();
  }

  async #answers(url: string): Promise<void> {
    while (!this.#stopped) {
      try {
        const response = await fetch(url, { redirect: 'manual' });
        await response.body?.cancel();
        if (response.status < 400) return;
      } catch {
        // It does not listen yet.
      }
      await sleep(POLL_MS);
    }
  }

  async #stop(): Promise<void> {
    this.#lock?.announceStop();
    for (const process of this.#oneShots) process.stop();
    await Promise.all(this.#processes.map((process) => process.stop(DRAIN_MS)));
    // One that is just starting ends as well; if that takes too long, the next start ends what is left of it.
    this.#noDatabase.abort();
    await Promise.race([this.#database?.catch(() => {}), sleep(DATABASE_STOP_MS, undefined, { ref: false })]);
    await this.#postgres?.stop(DATABASE_STOP_MS);
    this.#lock?.release();
  }
}

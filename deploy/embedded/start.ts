import '@valeo/kit/quick-drizzle.ts';
import { join } from 'node:path';
import { loadConfig, root } from './config.ts';
import { startProgress } from './progress.ts';
import { sentenceOf } from './start-error.ts';
import { type Programs, Supervisor } from './supervisor.ts';
import { graphUrl } from './urls.ts';

/** Runs an installation in this process until a signal ends it. */
export async function startInstallation(programs: Programs): Promise<Supervisor | undefined> {
  let supervisor: Supervisor | undefined;
  const stop = async (): Promise<void> => {
    await supervisor?.stop();
    process.exit();
  };
  // A reader of our output that went away must not take the installation down.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The process that started us is gone, even if by a kill -9.
  process.on('disconnect', stop);
  try {
    const config = loadConfig(process.env);
    supervisor = new Supervisor(config, programs, startProgress());
    await supervisor.start();
    if (!supervisor.stopping) console.log(`VALEO NeuroERP ready: ${config.PUBLIC_URL} ${graphUrl(config)}`);
  } catch (error) {
    // What breaks because it is being stopped is no failure.
    if (supervisor?.stopping) return undefined;
    console.error(sentenceOf(error));
    process.exitCode = 1;
    await stop();
  }
  return supervisor;
}

const here = (file: string): string => join(import.meta.dirname, file);

/** The programs of a real installation. */
export const programs: Programs = {
  server: here('server.ts'),
  worker: here('worker.ts'),
  web: join(root, 'frontend', 'server.ts'),
  webBuild: here('web-build.ts'),
  demoData: here('demo-data.ts'),
};

if (import.meta.main) await startInstallation(programs);

import { type Config, loadConfig } from './config.ts';
import { requirePostgres } from './external-postgres.ts';
import { knownSecret } from './secret.ts';
import { explainStart, StartError } from './start-error.ts';

/** Settings of a process that runs by itself, once it is clear that it can: otherwise it ends with one sentence that says why not. */
export async function ownProcess(env: NodeJS.ProcessEnv): Promise<Config> {
  explainStart();
  const config = loadConfig(env);
  if (!config.DATABASE_URL) {
    throw new StartError('DATABASE_URL is not set, but allowed is the address that deploy/services/migrate.ts prints.');
  }
  knownSecret(config.VALEO_DATA_DIR, config.VALEO_SECRET);
  await requirePostgres(config.DATABASE_URL);
  return config;
}

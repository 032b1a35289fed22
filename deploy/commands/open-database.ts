import { appPasswordOf } from '@valeo/kit/migrate.ts';
import { Database } from '@valeo/kit/tenant-db.ts';
import { loadConfig } from '../embedded/config.ts';
import { writableFolder } from '../embedded/postgres-home.ts';
import { knownSecret } from '../embedded/secret.ts';
import { explainStart } from '../embedded/start-error.ts';

/** The database of the running installation, with the same settings as the start, for commands of the operator. */
export function openDatabase(): { database: Database; secret: string } {
  const config = loadConfig(process.env);
  // In containers nothing can be written to, and nothing has to be.
  const folder = config.VALEO_SECRET ? config.VALEO_DATA_DIR : writableFolder(config.VALEO_DATA_DIR);
  // One made here would seal keys that no other process could open.
  const secret = knownSecret(folder, config.VALEO_SECRET);
  const url = new URL(config.DATABASE_URL ?? `postgres://127.0.0.1:${config.POSTGRES_PORT}/valeo`);
  url.username = 'valeo_app';
  url.password = appPasswordOf(secret);
  return { database: new Database({ url: url.href, maxConnections: 1, applicationName: 'valeo-command' }), secret };
}

/** Runs a command and says what went wrong in one line. */
export async function runCommand(work: (database: Database, secret: string) => Promise<string>): Promise<void> {
  explainStart();
  const { database, secret } = openDatabase();
  try {
    console.log(await work(database, secret));
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    console.error(code === 'ECONNREFUSED' ? 'The database does not answer. Is VALEO NeuroERP running?' : message);
    process.exitCode = 1;
  } finally {
    await database.close();
  }
}

import { loadConfig } from '../embedded/config.ts';
import { requireOwner } from '../embedded/external-postgres.ts';
import { migrateDatabase } from '../embedded/migrate.ts';
import { installationSecret } from '../embedded/secret.ts';
import { explainStart, StartError } from '../embedded/start-error.ts';

/**
 * Brings the database to the state of this code, once per upgrade and before the other processes: `DATABASE_URL` is that of its
 * owner. Prints the `DATABASE_URL` for all other processes, whose role may far less.
 */

explainStart();
const config = loadConfig(process.env);
if (!config.DATABASE_URL) throw new StartError('DATABASE_URL is not set, but allowed is the address of a PostgreSQL.');
await requireOwner(config.DATABASE_URL);
console.log(await migrateDatabase(config.DATABASE_URL, installationSecret(config.VALEO_DATA_DIR, config.VALEO_SECRET)));
process.exit();

import pg from 'pg';
import { StartError } from './start-error.ts';

const VERSION_MIN = 15;

/** Makes sure that the operator's database can be reached and is new enough; its address is never printed with the password. */
export async function requirePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  const { host, pathname } = new URL(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`);
    const major = Math.floor(Number(rows[0]?.version) / 10_000);
    if (major >= VERSION_MIN) return;
    throw new StartError(`DATABASE_URL leads to PostgreSQL ${major}, but allowed is ${VERSION_MIN} or newer.`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = (error as Error).message || (error as { code?: string }).code || 'no reason given';
    throw new StartError(`DATABASE_URL leads to ${host}${pathname}, which cannot be used: ${reason}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Roles that migrations make and take rights from. */
const takenNames = ['valeo_owner', 'valeo_app', 'valeo_queue'];

/** Makes sure that the user of `DATABASE_URL` may do what migrations do, before they have done half of it. */
export async function requireOwner(url: string): Promise<void> {
  await requirePostgres(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; taken: boolean; able: boolean }>(
      `SELECT current_user AS name,
              current_user = ANY($1) AS taken,
              r.rolsuper OR (r.rolcreaterole AND pg_has_role(d.datdba, 'USAGE')) AS able
       FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()`,
      [takenNames],
    );
    const [user] = rows;
    if (!user?.able || user.taken) {
      throw new StartError(
        `DATABASE_URL is of user ${user?.name}, but allowed is a superuser, or the owner of the database with CREATEROLE, and none of ${takenNames.join(', ')}.`,
      );
    }
  } finally {
    await client.end();
  }
}

import pg from 'pg';
import type { Session } from './tenant-db.ts';

/** Opens a transaction and sets role, company, user and request in one round trip. */
export async function openTransaction(
  pool: pg.Pool,
  session: Session,
  mode: 'READ WRITE' | 'READ ONLY',
): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    const settings = {
      role: `valeo_${session.domain}`,
      'app.tenant_id': session.tenantId ?? '',
      'app.user_id': session.userId ?? '',
      'app.request_id': session.requestId,
    };
    const assignments = Object.entries(settings).map(
      ([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`,
    );
    await client.query(`BEGIN ${mode}; SELECT ${assignments.join(', ')}`);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

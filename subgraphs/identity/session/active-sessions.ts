import { isId } from '@valeo/kit/ids.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { and, eq, isNull } from 'drizzle-orm';
import { systemSession } from '../system-session.ts';
import { session } from './session.tables.ts';

/** How long a process believes that a session is active without asking again. */
const BELIEVED_MS = 2_000;
const REMEMBERED_MAX = 20_000;

const memory = new WeakMap<Database, Map<string, { readonly active: boolean; readonly at: number }>>();

function remembered(database: Database): Map<string, { readonly active: boolean; readonly at: number }> {
  let sessions = memory.get(database);
  if (!sessions) memory.set(database, (sessions = new Map()));
  return sessions;
}

/** False once the session was ended: in this process at once, in others within two seconds. */
export async function isSessionActive(database: Database, sessionId: string): Promise<boolean> {
  const sessions = remembered(database);
  const known = sessions.get(sessionId);
  if (known && Date.now() - known.at < BELIEVED_MS) return known.active;
  const active =
    isId(sessionId) &&
    (await database.transaction(systemSession, async (tx) => {
      const rows = await tx.db
        .select({ id: session.id })
        .from(session)
        .where(and(eq(session.id, sessionId), isNull(session.endedAt)));
      return rows.length > 0;
    }));
  if (sessions.size >= REMEMBERED_MAX) sessions.clear();
  sessions.set(sessionId, { active, at: Date.now() });
  return active;
}

/** To be called after the commit that ended them. */
export function forgetSessions(database: Database): void {
  memory.delete(database);
}

import type { Caller } from '@valeo/kit/caller.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { and, eq } from 'drizzle-orm';
import { apiClient } from '../api-client/api-client.tables.ts';
import { systemSession } from '../system-session.ts';
import { isSessionActive } from './active-sessions.ts';
import { enterCompany } from './sessions.ts';

/**
 * The same caller with the rights of now, for a connection that outlives its access token or has only a key; null when the
 * session has ended, the key was revoked, or the person left the company.
 */
export async function renewCaller(database: Database, caller: Caller): Promise<Caller | null> {
  const { tenantId, userId, clientId, sessionId } = caller;
  if (sessionId && !(await isSessionActive(database, sessionId))) return null;
  return database.transaction({ ...systemSession, tenantId }, async (tx) => {
    if (clientId) {
      const [client] = await tx.db
        .select({ scopes: apiClient.scopes })
        .from(apiClient)
        .where(and(eq(apiClient.id, clientId), eq(apiClient.status, 'ACTIVE')));
      return client ? { ...caller, permissions: client.scopes } : null;
    }
    const permissions = userId && (await enterCompany(tx, userId, tenantId));
    return permissions ? { ...caller, permissions } : null;
  });
}

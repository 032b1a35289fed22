import type { Caller } from '@valeo/kit/caller.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { and, eq } from 'drizzle-orm';
import { company } from '../company/company.tables.ts';
import { companyOfSecret, hashSecret } from '../secrets.ts';
import { systemSession } from '../system-session.ts';
import { apiClient } from './api-client.tables.ts';
import { KEY_PREFIX } from './manage-api-clients.ts';

/** Who calls with this key; null when there is no such key or it was revoked. */
export async function resolveApiKey(database: Database, key: string): Promise<Caller | null> {
  const tenantId = key.startsWith(KEY_PREFIX) ? companyOfSecret(key.slice(KEY_PREFIX.length)) : null;
  if (!tenantId) return null;
  return database.transaction({ ...systemSession, tenantId }, async (tx) => {
    const [client] = await tx.db
      .select()
      .from(apiClient)
      .where(and(eq(apiClient.keyHash, hashSecret(key)), eq(apiClient.status, 'ACTIVE')));
    if (!client) return null;
    const [own] = await tx.db.select({ locale: company.locale }).from(company);
    await tx.query(
      `INSERT INTO identity.api_client_use AS u (tenant_id, client_id, last_used_at) VALUES ($1, $2, now())
       ON CONFLICT (client_id) DO UPDATE SET last_used_at = now() WHERE u.last_used_at < now() - interval '1 minute'`,
      [tenantId, client.id],
    );
    const { budget, budgetRefill } = client;
    return {
      tenantId,
      userId: null,
      clientId: client.id,
      sessionId: null,
      permissions: client.scopes,
      locale: own?.locale ?? 'de',
      budget: budget && budgetRefill ? { size: budget, refillPerSecond: budgetRefill } : null,
    };
  });
}

import type { Ctx } from '@valeo/kit/context.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineAction, defineMutation } from '@valeo/kit/mutation.ts';
import { isPermission, type Permission } from '@valeo/kit/permissions.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zId, zText } from '@valeo/kit/validate.ts';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { companySecret, hashSecret } from '../secrets.ts';
import { apiClients } from './api-client.list.ts';
import { apiClient, apiClientUse } from './api-client.tables.ts';

const ACTIVE_MAX = 200;
export const KEY_PREFIX = 'valeo_';

/** No idempotency key: the answer holds the key, and the key is kept nowhere. */
export const createApiClient = defineAction({
  name: 'createApiClient',
  description: 'Makes a key for a program. The key is shown in this answer and never again; send it as x-api-key.',
  permission: 'clients:manage',
  input: z.object({
    name: zText(100),
    scopes: z
      .array(z.string().refine(isPermission, { params: { code: 'INVALID_VALUE' } }))
      .min(1)
      .max(100)
      .transform((words) => [...new Set(words)] as Permission[]),
    budget: z.int().min(100).max(100_000_000).nullish(),
    budgetRefill: z.int().min(1).max(10_000_000).nullish(),
  }),
  errors: ['SCOPE_NOT_ALLOWED', 'TOO_MANY'],
  payload: { apiClient: apiClients, key: 'String' },
  async perform(ctx, { name, scopes, budget, budgetRefill }) {
    const denied = scopes.find((scope) => !ctx.can(scope));
    if (denied) return failField('SCOPE_NOT_ALLOWED', `scopes.${scopes.indexOf(denied)}`, { scope: denied });
    return ctx.transaction(async (tx) => {
      if ((await tx.db.$count(apiClient, eq(apiClient.status, 'ACTIVE'))) >= ACTIVE_MAX) {
        return fail('TOO_MANY', { params: { max: String(ACTIVE_MAX) } });
      }
      const key = KEY_PREFIX + companySecret(tx.tenantId);
      const id = newId();
      await tx.db.insert(apiClient).values({
        id,
        tenantId: tx.tenantId,
        name,
        keyHash: hashSecret(key),
        keyHint: `${KEY_PREFIX}…${key.slice(-4)}`,
        scopes,
        budget: budget ?? null,
        budgetRefill: budgetRefill ?? (budget ? Math.ceil(budget / 50) : null),
        createdBy: ctx.caller.userId,
      });
      return ok({ apiClient: id, key });
    });
  },
});

export const revokeApiClient = defineMutation({
  name: 'revokeApiClient',
  description: 'Makes a key stop working, within seconds and for good.',
  permission: 'clients:manage',
  input: z.object({ id: zId() }),
  errors: ['NOT_FOUND'],
  payload: { apiClient: apiClients },
  async run(tx, { id }) {
    const revoked = await tx.db
      .update(apiClient)
      .set({ revokedAt: sql`now()`, version: sql`${apiClient.version} + 1`, updatedAt: sql`now()` })
      .where(and(eq(apiClient.id, id), eq(apiClient.status, 'ACTIVE')))
      .returning({ id: apiClient.id });
    return revoked.length > 0 ? ok({ apiClient: id }) : fail('NOT_FOUND');
  },
});

export function lastUseOf(ctx: Ctx, clientId: string): Promise<string | null> {
  const uses = ctx.loader<string, string>('api client use', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(apiClientUse)
      .where(inArray(apiClientUse.clientId, [...ids]));
    return new Map(rows.map((row) => [row.clientId, row.lastUsedAt]));
  });
  return uses.load(clientId).then((at) => at ?? null);
}

import type { Ctx } from '@valeo/kit/context.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zJson } from '@valeo/kit/validate.ts';
import { and, asc, eq, like, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { preference } from './preference.tables.ts';

const KEYS_MAX = 300;
const VALUE_BYTES_MAX = 32_768;
const SHOWN_MAX = 1000;

export const setPreference = defineMutation({
  name: 'setPreference',
  description: 'Keeps a choice of the caller in this company, replaces it, or forgets it when the value is null.',
  permission: 'session',
  input: z.object({
    key: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/),
    value: zJson(VALUE_BYTES_MAX),
    shared: z.boolean().nullish(),
  }),
  errors: ['TOO_MANY'],
  payload: { preference: 'Preference' },
  async run(tx, { key, value, shared }, ctx) {
    const userId = ownerOf(ctx);
    const mine = and(eq(preference.userId, userId), eq(preference.key, key));
    if (value === null || value === undefined) {
      await tx.db.delete(preference).where(mine);
      return ok({ preference: null });
    }
    const others = await tx.db.$count(preference, and(eq(preference.userId, userId), sql`${preference.key} <> ${key}`));
    if (others >= KEYS_MAX) return fail('TOO_MANY', { params: { max: String(KEYS_MAX) } });
    const [row] = await tx.db
      .insert(preference)
      .values({
        id: newId(),
        tenantId: tx.tenantId,
        userId,
        key,
        value: sql`${JSON.stringify(value)}::jsonb`,
        shared: shared ?? false,
      })
      .onConflictDoUpdate({
        target: [preference.tenantId, preference.userId, preference.key],
        set: {
          value: sql`excluded.value`,
          shared: sql`excluded.shared`,
          version: sql`${preference.version} + 1`,
          updatedAt: sql`now()`,
        },
      })
      .returning();
    return ok({ preference: row ? { ...row, own: true } : null });
  },
});

/** The caller's own preferences and the shared ones of colleagues. */
export async function preferencesOf(ctx: Ctx, prefix: string | null | undefined) {
  const userId = ownerOf(ctx);
  const tx = await ctx.read();
  const start = (prefix ?? '').replace(/[\\%_]/g, (character) => `\\${character}`);
  const rows = await tx.db
    .select()
    .from(preference)
    .where(and(or(eq(preference.userId, userId), eq(preference.shared, true)), like(preference.key, `${start}%`)))
    .orderBy(asc(preference.key), asc(preference.id))
    .limit(SHOWN_MAX);
  return rows.map((row) => ({ ...row, own: row.userId === userId }));
}

/** An API client has preferences of its own, like a person. */
const ownerOf = (ctx: Ctx): string => ctx.caller.userId ?? ctx.caller.clientId ?? ctx.caller.tenantId;

import type { Ctx } from '@valeo/kit/context.ts';
import { isId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { ok } from '@valeo/kit/result.ts';
import { zId, zJson, zText } from '@valeo/kit/validate.ts';
import { and, desc, eq, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { draft } from './draft.tables.ts';

const KEPT_MAX = 100;
const CONTENT_BYTES_MAX = 256 * 1024;

export const saveDraft = defineMutation({
  name: 'saveDraft',
  description:
    'Keeps what the caller has typed so far. Saving again replaces it. Of more than 100 drafts the oldest are dropped.',
  permission: 'session',
  input: z.object({
    id: zId(),
    form: z.string().regex(/^[a-zA-Z][a-zA-Z0-9.]{0,59}$/),
    recordId: zId().nullish(),
    recordVersion: z.int().min(1).nullish(),
    title: zText(200),
    content: zJson(CONTENT_BYTES_MAX),
  }),
  errors: [],
  payload: { draft: 'Draft' },
  async run(tx, { content, ...given }, ctx) {
    const userId = ownerOf(ctx);
    const values = { ...given, content: sql`${JSON.stringify(content ?? null)}::jsonb` };
    const [row] = await tx.db
      .insert(draft)
      .values({ ...values, tenantId: tx.tenantId, userId })
      .onConflictDoUpdate({
        target: [draft.tenantId, draft.userId, draft.id],
        set: { ...values, updatedAt: sql`now()` },
      })
      .returning();
    const kept = tx.db
      .select({ id: draft.id })
      .from(draft)
      .where(eq(draft.userId, userId))
      .orderBy(desc(draft.updatedAt), desc(draft.id))
      .limit(KEPT_MAX);
    await tx.db.delete(draft).where(and(eq(draft.userId, userId), notInArray(draft.id, kept)));
    return ok({ draft: row ?? null });
  },
});

export const discardDraft = defineMutation({
  name: 'discardDraft',
  description: 'Forgets a draft of the caller.',
  permission: 'session',
  input: z.object({ id: zId() }),
  errors: [],
  payload: {},
  async run(tx, { id }, ctx) {
    await tx.db.delete(draft).where(and(eq(draft.id, id), eq(draft.userId, ownerOf(ctx))));
    return ok({});
  },
});

/** The caller's drafts, the latest first. */
export async function draftsOf(ctx: Ctx, form: string | null | undefined, recordId: string | null | undefined) {
  const userId = ownerOf(ctx);
  if (recordId && !isId(recordId)) return [];
  const tx = await ctx.read();
  return tx.db
    .select()
    .from(draft)
    .where(
      and(
        eq(draft.userId, userId),
        form ? eq(draft.form, form) : undefined,
        recordId ? eq(draft.recordId, recordId) : undefined,
      ),
    )
    .orderBy(desc(draft.updatedAt), desc(draft.id))
    .limit(KEPT_MAX);
}

/** An API client has drafts of its own, like a person. */
const ownerOf = (ctx: Ctx): string => ctx.caller.userId ?? ctx.caller.clientId ?? ctx.caller.tenantId;

import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zText } from '@valeo/kit/validate.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { zLocale } from './user.input.ts';
import { users } from './user.list.ts';
import { companiesOf } from './user.queries.ts';
import { membership, user } from './user.tables.ts';

export const updateProfile = defineMutation({
  name: 'updateProfile',
  description: 'Changes the caller’s own name and language. The language is that of new access tokens, too.',
  permission: 'session',
  input: z.object({ name: zText(200).optional(), locale: zLocale().optional() }),
  errors: ['NOT_FOUND'],
  payload: { user: users },
  async run(tx, changes, ctx) {
    const { userId, tenantId } = ctx.caller;
    if (!userId) return fail('NOT_FOUND');
    if (changes.name || changes.locale) await tx.db.update(user).set(changes).where(eq(user.id, userId));
    if (changes.name) {
      // Every company of the person has a copy of the name, visible to that company only.
      for (const { id } of await companiesOf(tx, userId)) {
        await tx.enter(id);
        await tx.db
          .update(membership)
          .set({ name: changes.name, version: sql`${membership.version} + 1`, updatedAt: sql`now()` })
          .where(eq(membership.id, userId));
      }
      await tx.enter(tenantId);
    }
    return ok({ user: userId });
  },
});

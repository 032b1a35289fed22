import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zId } from '@valeo/kit/validate.ts';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { user } from '../user/user.tables.ts';
import { session } from './session.tables.ts';
import { enterCompany, grant, type OpenSession } from './sessions.ts';

export const switchCompany = defineAction({
  name: 'switchCompany',
  description: 'Goes on working for another company of the caller, with the rights the caller has there.',
  permission: 'session',
  input: z.object({ companyId: zId() }),
  errors: ['NOT_FOUND'],
  payload: { accessToken: 'String', expiresAt: 'DateTime' },
  async perform(ctx, { companyId }) {
    const { userId, sessionId } = ctx.caller;
    if (!userId || !sessionId) return fail('NOT_FOUND');
    const open = await ctx.transaction(async (tx): Promise<OpenSession | null> => {
      const [account] = await tx.db.select().from(user).where(eq(user.id, userId));
      const permissions = await enterCompany(tx, userId, companyId);
      if (!account || !permissions) return null;
      const moved = await tx.db
        .update(session)
        .set({ companyId })
        .where(and(eq(session.id, sessionId), eq(session.userId, userId), isNull(session.endedAt)))
        .returning({ id: session.id });
      if (moved.length === 0) return null;
      await tx.db.update(user).set({ lastCompanyId: companyId }).where(eq(user.id, userId));
      return { account, companyId, sessionId, permissions };
    });
    return open ? ok(await grant(ctx, open)) : fail('NOT_FOUND');
  },
});

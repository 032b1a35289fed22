import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zId } from '@valeo/kit/validate.ts';
import { and, eq, inArray, or } from 'drizzle-orm';
import { z } from 'zod';
import { hashSecret } from '../secrets.ts';
import { forgetSessions } from './active-sessions.ts';
import { refreshToken, session } from './session.tables.ts';
import { clearCookies, endSessions, endSessionsNow, REFRESH_COOKIE } from './sessions.ts';

export const signOut = defineAction({
  name: 'signOut',
  description:
    'Ends the session of the access token or the refresh cookie and clears the cookies. Harmless without one.',
  permission: 'public',
  optionalInput: true,
  input: z.object({ everywhere: z.boolean().nullish() }),
  errors: [],
  payload: {},
  async perform(ctx, { everywhere }) {
    const token = ctx.call.http?.cookies[REFRESH_COOKIE];
    const { caller } = ctx.call;
    await ctx.transaction((tx) => {
      const ofToken = tx.db
        .select({ id: refreshToken.sessionId })
        .from(refreshToken)
        .where(eq(refreshToken.hash, hashSecret(token ?? '')));
      const own = caller?.sessionId ? eq(session.id, caller.sessionId) : undefined;
      const here = or(own, inArray(session.id, ofToken));
      // Who has nothing but the refresh cookie left is known by it.
      const whose = tx.db.select({ id: session.userId }).from(session).where(here);
      return endSessions(tx, everywhere ? inArray(session.userId, whose) : here);
    });
    forgetSessions(ctx.services.database);
    clearCookies(ctx);
    return ok({});
  },
});

export const endSession = defineAction({
  name: 'endSession',
  description: 'Ends one of the own sessions, on another device for example.',
  permission: 'session',
  input: z.object({ id: zId() }),
  errors: ['NOT_FOUND'],
  payload: { sessionId: 'ID' },
  async perform(ctx, { id }) {
    const { userId } = ctx.caller;
    if (!userId) return fail('NOT_FOUND');
    const ended = await endSessionsNow(ctx, and(eq(session.id, id), eq(session.userId, userId)));
    return ended > 0 ? ok({ sessionId: id }) : fail('NOT_FOUND');
  },
});

import type { Ctx } from '@valeo/kit/context.ts';
import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode } from '@valeo/kit/validate.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { hashSecret, randomSecret, successorOf } from '../secrets.ts';
import { user } from '../user/user.tables.ts';
import { forgetSessions } from './active-sessions.ts';
import { refreshToken, session } from './session.tables.ts';
import {
  clearCookies,
  endSessions,
  enterCompany,
  grant,
  type OpenSession,
  REFRESH_COOKIE,
  SESSION_DAYS,
} from './sessions.ts';

/** Two tabs that refresh at once, or an answer that got lost, show a token twice; a thief comes later. */
const SAME_ANSWER_SECONDS = 10;

export const refreshSession = defineAction({
  name: 'refreshSession',
  description:
    'Answers a new access token for the refresh token of the cookie or the input. Each refresh token is good once; showing it again later than ten seconds after its first use ends the session, because somebody else may have it.',
  permission: 'public',
  optionalInput: true,
  input: z.object({ refreshToken: zCode(200).nullish() }),
  errors: ['INVALID_REFRESH_TOKEN'],
  payload: { accessToken: 'String', expiresAt: 'DateTime', refreshToken: 'String' },
  async perform(ctx, input) {
    const token = input.refreshToken ?? ctx.call.http?.cookies[REFRESH_COOKIE];
    const open = token ? await ctx.transaction((tx) => exchange(tx, ctx, token)) : null;
    if (!open) {
      clearCookies(ctx);
      return fail('INVALID_REFRESH_TOKEN');
    }
    const granted = await grant(ctx, open);
    return ok({ ...granted, refreshToken: input.refreshToken ? open.refreshToken : null });
  },
});

interface Shown {
  readonly session_id: string;
  readonly nonce: string | null;
  readonly used_seconds: number | null;
  readonly user_id: string;
  readonly company_id: string;
}

/** The token's successor, or null. Ends the whole family when the token was shown too late. */
async function exchange(tx: Tx, ctx: Ctx, token: string): Promise<OpenSession | null> {
  const hash = hashSecret(token);
  const [shown] = await tx.query<Shown>(
    `SELECT t.session_id, t.nonce, extract(epoch FROM clock_timestamp() - t.used_at)::float8 AS used_seconds,
            s.user_id, s.company_id
     FROM identity.refresh_token t JOIN identity.session s ON s.id = t.session_id
     WHERE t.hash = $1 AND s.ended_at IS NULL AND s.last_used_at > now() - make_interval(days => $2)
     FOR UPDATE`,
    [hash, SESSION_DAYS],
  );
  if (!shown) return null;
  if (shown.used_seconds !== null && shown.used_seconds > SAME_ANSWER_SECONDS) {
    await endSessions(tx, eq(session.id, shown.session_id));
    forgetSessions(ctx.services.database);
    return null;
  }

  const nonce = shown.nonce ?? randomSecret();
  const successor = successorOf(token, nonce);
  if (shown.nonce === null) {
    await tx.db.update(refreshToken).set({ nonce, usedAt: sql`clock_timestamp()` }).where(eq(refreshToken.hash, hash));
    await tx.db.insert(refreshToken).values({ hash: hashSecret(successor), sessionId: shown.session_id });
    await tx.db.update(session).set({ lastUsedAt: sql`now()` }).where(eq(session.id, shown.session_id));
  }
  const [account] = await tx.db.select().from(user).where(eq(user.id, shown.user_id));
  const permissions = await enterCompany(tx, shown.user_id, shown.company_id);
  if (!account || !permissions) return null;
  return {
    account,
    companyId: shown.company_id,
    sessionId: shown.session_id,
    permissions,
    refreshToken: successor,
  };
}

import type { Ctx } from '@valeo/kit/context.ts';
import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import { zCode } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { passwordMatches, zPassword } from '../password/password.ts';
import { accountByEmail } from '../user/user.queries.ts';
import type { UserAccount } from '../user/user.tables.ts';
import { grant, startSession } from './sessions.ts';
import { countFailure, forgetFailures, secondsToWait } from './throttle.ts';
import { Turns } from './turns.ts';

const turns = new Turns();

export const signIn = defineAction({
  name: 'signIn',
  description:
    'Signs in with e-mail address and password. Answers an access token that is valid for ten minutes and sets the cookies of the web app.',
  permission: 'public',
  input: z.object({ email: zCode(254), password: zPassword() }),
  errors: ['INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'NO_COMPANY'],
  payload: { accessToken: 'String', expiresAt: 'DateTime', user: 'SignedInUser' },
  async perform(ctx, { email, password }) {
    const proof = await provePassword(ctx, email.trim().toLowerCase(), password);
    if (!proof.ok) return proof;
    const open = await ctx.transaction((tx) => startSession(ctx, tx, proof.value));
    if (!open) return fail('NO_COMPANY');
    return ok({ ...(await grant(ctx, open)), user: open.account });
  },
});

/**
 * The account, when the password is its own. Wrong guesses are counted and slowed down. An address that nobody has is
 * treated like a wrong password in every respect, time included.
 */
export function provePassword(
  ctx: Ctx,
  email: string,
  password: string,
): Promise<Result<UserAccount, 'INVALID_CREDENTIALS' | 'TOO_MANY_ATTEMPTS'>> {
  return turns.take(email, async () => {
    const { wait, account } = await ctx.transaction(async (tx) => ({
      wait: await secondsToWait(ctx, tx, email),
      account: await accountByEmail(tx, email),
    }));
    if (wait > 0) return fail('TOO_MANY_ATTEMPTS', { params: { seconds: String(wait) } });
    // Outside of a transaction, since hashing is slow on purpose.
    const matches = await passwordMatches(account?.passwordHash, password);
    await ctx.transaction((tx) => (matches ? forgetFailures(tx, email) : countFailure(ctx, tx, email)));
    return matches && account ? ok(account) : fail('INVALID_CREDENTIALS');
  });
}

import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { enqueueMail } from '../mail/enqueue-mail.ts';
import { forgetSessions } from '../session/active-sessions.ts';
import { endSessions, sessionsOf } from '../session/sessions.ts';
import { provePassword } from '../session/sign-in.ts';
import { ownAccount } from '../user/user.queries.ts';
import { user } from '../user/user.tables.ts';
import { hashPassword, isWeakPassword, zPassword } from './password.ts';

export const changePassword = defineAction({
  name: 'changePassword',
  description: 'Changes the caller’s own password and ends the sessions on all other devices.',
  permission: 'session',
  input: z.object({ currentPassword: zPassword(), newPassword: zPassword() }),
  errors: ['NOT_FOUND', 'INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'WEAK_PASSWORD'],
  payload: { changed: 'Boolean' },
  async perform(ctx, { currentPassword, newPassword }) {
    const account = await ownAccount(ctx);
    if (!account) return fail('NOT_FOUND');
    if (isWeakPassword(newPassword, account.email)) return failField('WEAK_PASSWORD', 'newPassword');
    const proof = await provePassword(ctx, account.email, currentPassword);
    if (!proof.ok)
      return fail(proof.code, {
        ...proof,
        fields: [{ path: 'currentPassword', code: proof.code, params: proof.params }],
      });
    const passwordHash = await hashPassword(newPassword);
    await ctx.transaction(async (tx) => {
      await tx.db.update(user).set({ passwordHash }).where(eq(user.id, account.id));
      await endSessions(tx, sessionsOf(account.id, ctx.caller.sessionId));
      await enqueueMail(tx, account, 'passwordChanged', {});
    });
    forgetSessions(ctx.services.database);
    return ok({ changed: true });
  },
});

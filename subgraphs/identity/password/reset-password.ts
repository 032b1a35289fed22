import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode, zEmail } from '@valeo/kit/validate.ts';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { enqueueMail } from '../mail/enqueue-mail.ts';
import { hashSecret, randomSecret } from '../secrets.ts';
import { forgetSessions } from '../session/active-sessions.ts';
import { endSessions, sessionsOf } from '../session/sessions.ts';
import { forgetFailures } from '../session/throttle.ts';
import { accountByEmail } from '../user/user.queries.ts';
import { user } from '../user/user.tables.ts';
import { passwordReset } from './password.tables.ts';
import { hashPassword, isWeakPassword, zPassword } from './password.ts';

const VALID = '1 hour';
const MAILS_AN_HOUR = 3;

export const requestPasswordReset = defineAction({
  name: 'requestPasswordReset',
  description:
    'Sends a mail with a link for a new password, valid for one hour. The answer is the same whether the address is known or not; at most three mails an hour are sent.',
  permission: 'public',
  input: z.object({ email: zEmail() }),
  errors: [],
  payload: { accepted: 'Boolean' },
  async perform(ctx, { email }) {
    await ctx.transaction(async (tx) => {
      const account = await accountByEmail(tx, email);
      if (!account) return;
      const recent = await tx.db
        .select({ hash: passwordReset.hash })
        .from(passwordReset)
        .where(and(eq(passwordReset.userId, account.id), gt(passwordReset.createdAt, sql`now() - interval '1 hour'`)));
      if (recent.length >= MAILS_AN_HOUR) return;
      const token = randomSecret();
      await tx.db.insert(passwordReset).values({ hash: hashSecret(token), userId: account.id });
      const link = `${ctx.services.installation.publicUrl}/reset-password?token=${token}`;
      await enqueueMail(tx, account, 'passwordReset', { name: account.name, link });
    });
    return ok({ accepted: true });
  },
});

export const resetPassword = defineAction({
  name: 'resetPassword',
  description: 'Sets a new password with the token of the mailed link and ends all sessions of the account.',
  permission: 'public',
  input: z.object({ token: zCode(200), newPassword: zPassword() }),
  errors: ['INVALID_TOKEN', 'WEAK_PASSWORD'],
  payload: { email: 'String' },
  async perform(ctx, { token, newPassword }) {
    const found = await ctx.transaction((tx) => accountOfToken(tx, token));
    if (!found) return fail('INVALID_TOKEN');
    if (isWeakPassword(newPassword, found.email)) return failField('WEAK_PASSWORD', 'newPassword');
    const passwordHash = await hashPassword(newPassword);
    const done = await ctx.transaction(async (tx) => {
      const used = await tx.db
        .update(passwordReset)
        .set({ usedAt: sql`now()` })
        .where(and(eq(passwordReset.hash, hashSecret(token)), isNull(passwordReset.usedAt)))
        .returning({ userId: passwordReset.userId });
      if (used.length === 0) return false;
      await setPassword(tx, found.id, found.email, passwordHash);
      await enqueueMail(tx, found, 'passwordChanged', {});
      return true;
    });
    forgetSessions(ctx.services.database);
    return done ? ok({ email: found.email }) : fail('INVALID_TOKEN');
  },
});

/** A new password makes everything void that somebody may have got with the old one. */
export async function setPassword(tx: Tx, userId: string, email: string, passwordHash: string): Promise<void> {
  await tx.db.update(user).set({ passwordHash }).where(eq(user.id, userId));
  await endSessions(tx, sessionsOf(userId));
  await forgetFailures(tx, email);
}

async function accountOfToken(tx: Tx, token: string) {
  const [row] = await tx.db
    .select({ id: user.id, email: user.email, name: user.name, locale: user.locale })
    .from(passwordReset)
    .innerJoin(user, eq(user.id, passwordReset.userId))
    .where(
      and(
        eq(passwordReset.hash, hashSecret(token)),
        isNull(passwordReset.usedAt),
        gt(passwordReset.createdAt, sql`now() - ${VALID}::interval`),
      ),
    );
  return row;
}

export async function dropOldResets(tx: Tx): Promise<void> {
  await tx.db.delete(passwordReset).where(sql`${passwordReset.createdAt} < now() - interval '1 day'`);
}

import type { Ctx } from '@valeo/kit/context.ts';
import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode, zText } from '@valeo/kit/validate.ts';
import { and, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { company } from '../company/company.tables.ts';
import { addMember } from '../company/create-company.ts';
import { hashPassword, isWeakPassword, zPassword } from '../password/password.ts';
import { role } from '../role/role.tables.ts';
import { builtInRole } from '../role/roles.ts';
import { companyOfSecret, hashSecret } from '../secrets.ts';
import { grant, startSession } from '../session/sessions.ts';
import { provePassword } from '../session/sign-in.ts';
import { zLocale } from '../user/user.input.ts';
import { accountByEmail, createAccount } from '../user/user.queries.ts';
import { membership } from '../user/user.tables.ts';
import { type InvitationRow, invitation } from './invitation.tables.ts';

export const acceptInvitation = defineAction({
  name: 'acceptInvitation',
  description:
    'Joins the company that sent the invitation and signs in there. Who has an account gives its password, everybody else chooses one.',
  permission: 'public',
  input: z.object({
    token: zCode(200),
    password: zPassword(),
    name: zText(200).nullish(),
    locale: zLocale().nullish(),
  }),
  errors: ['INVALID_TOKEN', 'WEAK_PASSWORD', 'INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS'],
  payload: { accessToken: 'String', expiresAt: 'DateTime', user: 'SignedInUser' },
  async perform(ctx, { token, password, name, locale }) {
    const found = await ctx.transaction(async (tx) => {
      const open = await openInvitation(tx, token);
      return open && { email: open.email, account: await accountByEmail(tx, open.email) };
    });
    if (!found) return fail('INVALID_TOKEN');
    const { email, account } = found;
    if (account) {
      const proof = await provePassword(ctx, email, password);
      if (!proof.ok) return proof;
    } else if (isWeakPassword(password, email)) {
      return failField('WEAK_PASSWORD', 'password');
    }
    const passwordHash = account?.passwordHash ?? (await hashPassword(password));

    const joined = await ctx.transaction(async (tx) => {
      const open = await openInvitation(tx, token);
      if (!open) return null;
      const shown = name ?? email.split('@')[0] ?? email;
      const person =
        account ?? (await createAccount(tx, { email, name: shown, locale: locale ?? ctx.locale, passwordHash }));
      if (!person) return null;
      await tx.db.update(invitation).set({ acceptedAt: sql`now()` }).where(eq(invitation.id, open.id));
      const member = await tx.db.$count(membership, eq(membership.id, person.id));
      const [own] = await tx.db.select({ name: company.name }).from(company);
      if (member === 0) await addMember(tx, person, open.roleId, own?.name ?? '');
      return startSession(ctx, tx, person, open.tenantId);
    });
    if (!joined) return fail('INVALID_TOKEN');
    return ok({ ...(await grant(ctx, joined)), user: joined.account });
  },
});

/** What the mailed link shows before it is accepted. */
export async function previewInvitation(ctx: Ctx, token: string) {
  return ctx.transaction(async (tx) => {
    const open = await openInvitation(tx, token);
    if (!open) return null;
    const [own] = await tx.db.select({ name: company.name }).from(company);
    const [ownRole] = builtInRole(open.roleId)
      ? []
      : await tx.db.select({ name: role.name }).from(role).where(eq(role.id, open.roleId));
    return {
      companyName: own?.name ?? '',
      email: open.email,
      roleName: builtInRole(open.roleId)?.name[ctx.locale] ?? ownRole?.name ?? '',
      accountExists: (await accountByEmail(tx, open.email)) !== undefined,
    };
  });
}

/** The invitation of a token, locked. The transaction works for its company from here on. */
async function openInvitation(tx: Tx, token: string): Promise<InvitationRow | null> {
  const companyId = companyOfSecret(token);
  if (!companyId) return null;
  await tx.enter(companyId);
  const [row] = await tx.db
    .select()
    .from(invitation)
    .where(
      and(
        eq(invitation.tokenHash, hashSecret(token)),
        eq(invitation.status, 'OPEN'),
        gt(invitation.expiresAt, sql`now()`),
      ),
    )
    .for('update');
  return row ?? null;
}

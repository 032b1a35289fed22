import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zCode, zEmail, zId } from '@valeo/kit/validate.ts';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { company } from '../company/company.tables.ts';
import { enqueueMail } from '../mail/enqueue-mail.ts';
import { companySecret, hashSecret } from '../secrets.ts';
import { refusedRole } from '../user/manage-users.ts';
import { zLocale } from '../user/user.input.ts';
import { membership } from '../user/user.tables.ts';
import { invitations } from './invitation.list.ts';
import { invitation } from './invitation.tables.ts';

const VALID_MS = 7 * 24 * 3_600_000;
const OPEN_MAX = 200;

export const inviteUser = defineMutation({
  name: 'inviteUser',
  description:
    'Sends a mail with which somebody can join the company in a role. An earlier open invitation of the same address is taken back.',
  permission: 'users:manage',
  input: z.object({ email: zEmail(), roleId: zCode(50), locale: zLocale().nullish() }),
  errors: ['NOT_FOUND', 'ROLE_NOT_ALLOWED', 'ALREADY_MEMBER', 'TOO_MANY'],
  payload: { invitation: invitations },
  async run(tx, { email, roleId, locale }, ctx) {
    const refused = await refusedRole(tx, ctx, roleId);
    if (refused) return refused;
    const member = await tx.db.$count(membership, eq(membership.email, email));
    if (member > 0) return failField('ALREADY_MEMBER', 'email', { email });
    const isOpen = eq(invitation.status, 'OPEN');
    if ((await tx.db.$count(invitation, isOpen)) >= OPEN_MAX)
      return fail('TOO_MANY', { params: { max: String(OPEN_MAX) } });
    await tx.db
      .update(invitation)
      .set({ revokedAt: sql`now()` })
      .where(and(isOpen, eq(invitation.email, email)));

    const token = companySecret(tx.tenantId);
    const expiresAt = new Date(Date.now() + VALID_MS).toISOString();
    const id = newId();
    await tx.db.insert(invitation).values({
      id,
      tenantId: tx.tenantId,
      email,
      roleId,
      invitedBy: ctx.caller.userId ?? ctx.caller.clientId ?? tx.tenantId,
      tokenHash: hashSecret(token),
      expiresAt,
    });
    const [own] = await tx.db.select({ name: company.name }).from(company);
    const [inviter] = await tx.db
      .select({ name: membership.name })
      .from(membership)
      .where(eq(membership.id, ctx.caller.userId ?? tx.tenantId));
    await enqueueMail(tx, { email, locale: locale ?? ctx.locale }, 'invitation', {
      company: own?.name ?? '',
      inviter: inviter?.name ?? own?.name ?? '',
      until: expiresAt.slice(0, 10),
      link: `${ctx.services.installation.publicUrl}/invitation?token=${token}`,
    });
    return ok({ invitation: id });
  },
});

export const revokeInvitation = defineMutation({
  name: 'revokeInvitation',
  description: 'Takes back an open invitation; its link stops working at once.',
  permission: 'users:manage',
  input: z.object({ id: zId() }),
  errors: ['NOT_FOUND'],
  payload: { invitation: invitations },
  async run(tx, { id }) {
    const revoked = await tx.db
      .update(invitation)
      .set({ revokedAt: sql`now()`, version: sql`${invitation.version} + 1`, updatedAt: sql`now()` })
      .where(and(eq(invitation.id, id), eq(invitation.status, 'OPEN')))
      .returning({ id: invitation.id });
    return revoked.length > 0 ? ok({ invitation: id }) : fail('NOT_FOUND');
  },
});

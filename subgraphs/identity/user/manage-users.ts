import type { Ctx } from '@valeo/kit/context.ts';
import { defineAction, defineMutation } from '@valeo/kit/mutation.ts';
import { type Failure, fail, failField, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode, zId } from '@valeo/kit/validate.ts';
import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { permissionsOfRole } from '../role/role.queries.ts';
import { OWNER } from '../role/roles.ts';
import { forgetSessions } from '../session/active-sessions.ts';
import { endSessions, sessionsIn } from '../session/sessions.ts';
import { users } from './user.list.ts';
import { lockMember } from './user.queries.ts';
import { membership, type UserRow, user, userCompany } from './user.tables.ts';

export const changeUserRole = defineMutation({
  name: 'changeUserRole',
  description:
    'Gives a colleague another role. It holds from the next renewal of the access token, within ten minutes.',
  permission: 'users:manage',
  input: z.object({ userId: zId(), roleId: zCode(50) }),
  errors: ['NOT_FOUND', 'ROLE_NOT_ALLOWED', 'LAST_OWNER'],
  payload: { user: users },
  async run(tx, { userId, roleId }, ctx) {
    const member = await lockMember(tx, userId);
    if (!member) return fail('NOT_FOUND');
    const refused =
      (await refusedRole(tx, ctx, roleId)) ??
      (await refusedRole(tx, ctx, member.roleId)) ??
      (await lastOwner(tx, member, roleId));
    if (refused) return refused;
    await tx.db
      .update(membership)
      .set({ roleId, version: sql`${membership.version} + 1`, updatedAt: sql`now()` })
      .where(eq(membership.id, userId));
    return ok({ user: userId });
  },
});

export const removeUser = defineAction({
  name: 'removeUser',
  description:
    'Takes a colleague out of the company and ends his or her sessions there at once. The account itself stays.',
  permission: 'users:manage',
  input: z.object({ userId: zId() }),
  errors: ['NOT_FOUND', 'ROLE_NOT_ALLOWED', 'LAST_OWNER'],
  payload: { userId: 'ID' },
  async perform(ctx, { userId }) {
    const result = await ctx.transaction(async (tx) => {
      const member = await lockMember(tx, userId);
      if (!member) return fail('NOT_FOUND');
      const refused = (await refusedRole(tx, ctx, member.roleId)) ?? (await lastOwner(tx, member, null));
      if (refused) return refused;
      await tx.db.delete(membership).where(eq(membership.id, userId));
      await tx.db
        .delete(userCompany)
        .where(and(eq(userCompany.userId, userId), eq(userCompany.companyId, tx.tenantId)));
      await tx.db
        .update(user)
        .set({ lastCompanyId: null })
        .where(and(eq(user.id, userId), eq(user.lastCompanyId, tx.tenantId)));
      await endSessions(tx, sessionsIn(userId, tx.tenantId));
      return ok({ userId });
    });
    forgetSessions(ctx.services.database);
    return result;
  },
});

/** Nobody gives, changes or takes away rights that he does not have himself. */
export async function refusedRole(
  tx: Tx,
  ctx: Ctx,
  roleId: string,
): Promise<Failure<'NOT_FOUND' | 'ROLE_NOT_ALLOWED'> | null> {
  const permissions = await permissionsOfRole(tx, roleId);
  if (!permissions) return failField('NOT_FOUND', 'roleId');
  return permissions.every((permission) => ctx.can(permission)) ? null : failField('ROLE_NOT_ALLOWED', 'roleId');
}

/** A company without an owner could never be managed again. The lock keeps two owners from removing each other at once. */
async function lastOwner(tx: Tx, member: UserRow, roleId: string | null): Promise<Failure<'LAST_OWNER'> | null> {
  if (member.roleId !== OWNER || roleId === OWNER) return null;
  const others = await tx.db
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.roleId, OWNER), ne(membership.id, member.id)))
    .for('update');
  return others.length === 0 ? fail('LAST_OWNER') : null;
}

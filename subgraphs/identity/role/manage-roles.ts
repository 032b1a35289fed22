import { conflict } from '@valeo/kit/conflict.ts';
import type { Ctx } from '@valeo/kit/context.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { isPermission, type Permission } from '@valeo/kit/permissions.ts';
import { type Failure, fail, failField, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode, zId, zText } from '@valeo/kit/validate.ts';
import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { invitation } from '../invitation/invitation.tables.ts';
import { membership } from '../user/user.tables.ts';
import { role } from './role.tables.ts';

const OWN_ROLES_MAX = 100;

const zPermissions = () =>
  z
    .array(z.string().refine(isPermission, { params: { code: 'INVALID_VALUE' } }))
    .min(1)
    .max(100)
    .transform((words) => [...new Set(words)] as Permission[]);

export const createRole = defineMutation({
  name: 'createRole',
  description: 'Makes a role with permissions of one’s own choice.',
  permission: 'users:manage',
  input: z.object({ name: zText(100), permissions: zPermissions() }),
  errors: ['NAME_TAKEN', 'ROLE_NOT_ALLOWED', 'TOO_MANY'],
  payload: { role: 'Role' },
  async run(tx, { name, permissions }, ctx) {
    const refused = tooMuch(ctx, permissions) ?? (await nameTaken(tx, name, null));
    if (refused) return refused;
    if ((await tx.db.$count(role)) >= OWN_ROLES_MAX)
      return fail('TOO_MANY', { params: { max: String(OWN_ROLES_MAX) } });
    const values = { id: newId(), name, permissions, version: 1 };
    await tx.db.insert(role).values({ ...values, tenantId: tx.tenantId });
    return ok({ role: { ...values, builtIn: false } });
  },
});

export const updateRole = defineMutation({
  name: 'updateRole',
  description: 'Changes an own role. It holds from the next renewal of access tokens, within ten minutes.',
  permission: 'users:manage',
  input: z.object({
    id: zCode(50),
    version: z.int(),
    name: zText(100).optional(),
    permissions: zPermissions().optional(),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'NAME_TAKEN', 'ROLE_NOT_ALLOWED'],
  payload: { role: 'Role' },
  async run(tx, change, ctx) {
    const { id, version, ...changes } = change;
    const row = await lockRole(tx, id);
    if (!row) return fail('NOT_FOUND');
    if (row.version !== version) return conflict(change, row);
    const refused =
      tooMuch(ctx, row.permissions) ??
      tooMuch(ctx, changes.permissions ?? []) ??
      (changes.name ? await nameTaken(tx, changes.name, id) : null);
    if (refused) return refused;
    const values = { ...changes, version: version + 1, updatedAt: sql`now()` };
    await tx.db.update(role).set(values).where(eq(role.id, id));
    return ok({ role: { ...row, ...changes, version: version + 1, builtIn: false } });
  },
});

export const deleteRole = defineMutation({
  name: 'deleteRole',
  description: 'Deletes an own role that no user and no open invitation has.',
  permission: 'users:manage',
  input: z.object({ id: zCode(50) }),
  errors: ['NOT_FOUND', 'ROLE_IN_USE'],
  payload: { roleId: 'ID' },
  async run(tx, { id }) {
    const row = await lockRole(tx, id);
    if (!row) return fail('NOT_FOUND');
    const users = await tx.db.$count(membership, eq(membership.roleId, id));
    const invited = await tx.db.$count(invitation, and(eq(invitation.roleId, id), eq(invitation.status, 'OPEN')));
    if (users + invited > 0) return fail('ROLE_IN_USE');
    await tx.db.delete(role).where(eq(role.id, id));
    return ok({ roleId: id });
  },
});

async function lockRole(tx: Tx, id: string) {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [row] = await tx.db.select().from(role).where(eq(role.id, id)).for('update');
  return row;
}

/** Nobody makes a role that can do more than he can. */
const tooMuch = (ctx: Ctx, permissions: readonly Permission[]): Failure<'ROLE_NOT_ALLOWED'> | null =>
  permissions.every((permission) => ctx.can(permission)) ? null : failField('ROLE_NOT_ALLOWED', 'permissions');

async function nameTaken(tx: Tx, name: string, exceptId: string | null): Promise<Failure<'NAME_TAKEN'> | null> {
  const other = await tx.db.$count(role, and(eq(role.name, name), exceptId ? ne(role.id, exceptId) : undefined));
  return other > 0 ? failField('NAME_TAKEN', 'name', { name }) : null;
}

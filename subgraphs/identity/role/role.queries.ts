import type { Ctx } from '@valeo/kit/context.ts';
import { isId } from '@valeo/kit/ids.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq, inArray } from 'drizzle-orm';
import { role } from './role.tables.ts';
import { BUILT_IN_ROLES, builtInRole } from './roles.ts';

/** A role as the graph shows it: built in, or the company's own. */
export interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly builtIn: boolean;
  readonly permissions: readonly Permission[];
  readonly version: number;
}

const ofTable = (row: typeof role.$inferSelect): RoleRow => ({ ...row, builtIn: false });

function ofBuiltIn(id: string, ctx: Ctx): RoleRow | undefined {
  const found = builtInRole(id);
  return found && { id, name: found.name[ctx.locale], builtIn: true, permissions: found.permissions, version: 1 };
}

/** The built-in roles, then the company's own by name. */
export async function allRoles(ctx: Ctx): Promise<RoleRow[]> {
  ctx.require('company:read');
  const tx = await ctx.read();
  const own = await tx.db.select().from(role).orderBy(asc(role.name));
  return [...Object.keys(BUILT_IN_ROLES).flatMap((id) => ofBuiltIn(id, ctx) ?? []), ...own.map(ofTable)];
}

/** A role that a record refers to. */
export async function loadRole(ctx: Ctx, id: string): Promise<RoleRow | null> {
  const builtIn = ofBuiltIn(id, ctx);
  if (builtIn) return builtIn;
  const own = ctx.loader<string, RoleRow>('roles', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(role)
      .where(inArray(role.id, [...ids]));
    return new Map(rows.map((row) => [row.id, ofTable(row)]));
  });
  return (await own.load(id)) ?? null;
}

/** What a role permits, or null when the company has no such role. */
export async function permissionsOfRole(tx: Tx, id: string): Promise<readonly Permission[] | null> {
  const builtIn = builtInRole(id);
  if (builtIn) return builtIn.permissions;
  if (!isId(id)) return null;
  const [row] = await tx.db.select({ permissions: role.permissions }).from(role).where(eq(role.id, id));
  return row?.permissions ?? null;
}

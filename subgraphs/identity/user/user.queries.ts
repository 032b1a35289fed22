import type { Ctx } from '@valeo/kit/context.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq } from 'drizzle-orm';
import { membership, type UserAccount, type UserRow, user, userCompany } from './user.tables.ts';

export async function accountByEmail(tx: Tx, email: string): Promise<UserAccount | undefined> {
  const [row] = await tx.db.select().from(user).where(eq(user.email, email));
  return row;
}

export async function accountById(tx: Tx, id: string): Promise<UserAccount | undefined> {
  const [row] = await tx.recordsOf('@identity.user', [id]).db.select().from(user).where(eq(user.id, id));
  return row;
}

/** Undefined when somebody else got the address in the same moment. */
export async function createAccount(tx: Tx, values: typeof user.$inferInsert): Promise<UserAccount | undefined> {
  const [row] = await tx.db.insert(user).values(values).onConflictDoNothing().returning();
  return row;
}

/** Companies that a person belongs to, by name. */
export async function companiesOf(tx: Tx, userId: string) {
  return tx.db
    .select({ id: userCompany.companyId, name: userCompany.companyName })
    .from(userCompany)
    .where(eq(userCompany.userId, userId))
    .orderBy(asc(userCompany.companyName));
}

/** The member and, locked, the right to change it. */
export async function lockMember(tx: Tx, id: string): Promise<UserRow | undefined> {
  const [row] = await tx.db.select().from(membership).where(eq(membership.id, id)).for('update');
  return row;
}

/** The signed-in person's account. */
export async function ownAccount(ctx: Ctx): Promise<UserAccount | undefined> {
  const { userId } = ctx.caller;
  return userId ? accountById(await ctx.read(), userId) : undefined;
}

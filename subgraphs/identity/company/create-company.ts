import { newId } from '@valeo/kit/ids.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { eq } from 'drizzle-orm';
import { OWNER } from '../role/roles.ts';
import { membership, type UserAccount, user, userCompany } from '../user/user.tables.ts';
import { company } from './company.tables.ts';

export type NewCompany = Omit<typeof company.$inferInsert, 'id' | 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>;

/** Makes a company with its owner. The transaction works for the new company from here on. */
export async function createCompany(tx: Tx, values: NewCompany, owner: UserAccount): Promise<string> {
  const id = newId();
  await tx.enter(id);
  await tx.db.insert(company).values({ ...values, id, tenantId: id });
  await addMember(tx, owner, OWNER, values.name);
  return id;
}

/** Makes a person a member of the company that the transaction works for; the next sign-in starts there. */
export async function addMember(tx: Tx, person: UserAccount, roleId: string, companyName: string): Promise<void> {
  const { id, name, email } = person;
  await tx.db.insert(userCompany).values({ userId: id, companyId: tx.tenantId, companyName });
  await tx.db.update(user).set({ lastCompanyId: tx.tenantId }).where(eq(user.id, id));
  await tx.db.insert(membership).values({ tenantId: tx.tenantId, id, name, email, roleId });
}

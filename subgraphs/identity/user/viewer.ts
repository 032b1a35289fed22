import type { Ctx } from '@valeo/kit/context.ts';
import { standardError } from '@valeo/kit/errors.ts';
import { eq } from 'drizzle-orm';
import { apiClient } from '../api-client/api-client.tables.ts';
import { type CompanyRow, company } from '../company/company.tables.ts';
import { companiesOf, ownAccount } from './user.queries.ts';

/** Whoever calls; its company and preferences are found when asked for. */
export interface ViewerRow {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly locale: string;
  readonly permissions: readonly string[];
}

export async function viewer(ctx: Ctx): Promise<ViewerRow | null> {
  const { caller } = ctx.call;
  if (!caller) return null;
  const { permissions, locale, clientId } = caller;
  const account = await ownAccount(ctx);
  if (account) return { id: account.id, email: account.email, name: account.name, locale: account.locale, permissions };
  const tx = await ctx.read();
  const [client] = await tx.db
    .select()
    .from(apiClient)
    .where(eq(apiClient.id, clientId ?? caller.tenantId));
  return client ? { id: client.id, email: null, name: client.name, locale, permissions } : null;
}

export async function ownCompany(ctx: Ctx): Promise<CompanyRow> {
  const tx = await ctx.read();
  const [row] = await tx.db.select().from(company);
  if (!row) throw standardError('UNAUTHENTICATED', ctx.locale);
  return row;
}

export async function ownCompanies(ctx: Ctx) {
  const { userId, tenantId } = ctx.caller;
  const companies = userId ? await companiesOf(await ctx.read(), userId) : [];
  return companies.map((entry) => ({ ...entry, current: entry.id === tenantId }));
}

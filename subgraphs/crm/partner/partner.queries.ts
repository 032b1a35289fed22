import type { Ctx } from '@valeo/kit/context.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq, inArray } from 'drizzle-orm';
import { businessPartners } from './partner.list.ts';
import { type BusinessPartnerRow, businessPartner, type ContactRow, contact } from './partner.tables.ts';

/** Locks the partner until the transaction ends. */
export async function lockPartner(tx: Tx, id: string): Promise<BusinessPartnerRow | undefined> {
  const [row] = await tx.db.select().from(businessPartner).where(eq(businessPartner.id, id)).for('update');
  return row;
}

export function contactsOf(ctx: Ctx, partnerId: string): Promise<ContactRow[]> {
  const load = ctx.loader<string, ContactRow[]>('contacts', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(contact)
      .where(inArray(contact.partnerId, [...ids]))
      .orderBy(asc(contact.position));
    return Map.groupBy(rows, (row) => row.partnerId);
  });
  return load.load(partnerId).then((rows) => rows ?? []);
}

/** Which of these partners exist in this company. */
export async function existingPartners(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .select({ id: businessPartner.id })
    .from(businessPartner)
    .where(inArray(businessPartner.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

/** Ids by the numbers that the partners have in the system they were taken over from; unknown numbers are absent. */
export async function partnersByExternalNumber(
  tx: Tx,
  source: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; number: string }>(
    `SELECT id, external_number AS number FROM crm.business_partner
     WHERE external_source = $1 AND external_number = ANY($2::text[])`,
    [source, numbers],
  );
  return new Map(rows.map(({ id, number }) => [number, id]));
}

/** Numbers among the given that are taken. */
export async function takenNumbers(tx: Tx, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.db
    .select({ number: businessPartner.number })
    .from(businessPartner)
    .where(inArray(businessPartner.number, [...numbers]));
  return new Set(rows.map(({ number }) => number));
}

/** A partner that a record of this domain refers to, which therefore exists. */
export const loadPartner = (ctx: Ctx, id: string): Promise<BusinessPartnerRow> =>
  loadNode(ctx, businessPartners, id) as Promise<unknown> as Promise<BusinessPartnerRow>;

import type { Ctx } from '@valeo/kit/context.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, inArray } from 'drizzle-orm';
import { businessPartners } from './partner.list.ts';
import { type BusinessPartnerRow, businessPartner, type ContactRow, contact } from './partner.tables.ts';

/** Locks partners until the transaction ends, always in the same order, so that two requests cannot wait for each other. */
export async function lockPartners(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, BusinessPartnerRow>> {
  const rows = await tx.db
    .select()
    .from(businessPartner)
    .where(inArray(businessPartner.id, [...ids]))
    .orderBy(asc(businessPartner.id))
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Columns that users write, and how they come out of JSON. */
const WRITTEN = {
  number: 'text',
  name: 'text',
  kinds: 'text[]',
  country: 'text',
  vatId: 'text',
  email: 'text',
  phone: 'text',
  website: 'text',
  language: 'text',
  paymentTermDays: 'int',
  creditLimit: 'numeric',
  iban: 'text',
  billingAddress: 'jsonb',
  shippingAddresses: 'jsonb',
  externalSource: 'text',
  externalNumber: 'text',
  note: 'text',
} as const;

const names = Object.keys(WRITTEN) as (keyof typeof WRITTEN)[];
const columnOf = (name: keyof typeof WRITTEN) => businessPartner[name].name;
const defaults: Partial<Record<keyof typeof WRITTEN, string>> = {
  language: "'de'",
  paymentTermDays: '14',
  shippingAddresses: "'[]'",
};
const valueOf = (name: keyof typeof WRITTEN) =>
  defaults[name] ? `coalesce(p."${name}", ${defaults[name]})` : `p."${name}"`;
// One parameter for all rows: a statement with tens of thousands of parameters takes longer to build than to run.
const RECORDS = `jsonb_to_recordset($1) AS p (id uuid, version int, ${names.map((name) => `"${name}" ${WRITTEN[name]}`).join(', ')})`;

const INSERT = `INSERT INTO crm.business_partner (tenant_id, id, ${names.map(columnOf).join(', ')})
  SELECT $2::uuid, p.id, ${names.map(valueOf).join(', ')} FROM ${RECORDS} ON CONFLICT DO NOTHING RETURNING id`;

const REWRITE = `UPDATE crm.business_partner b
  SET ${names.map((name) => `${columnOf(name)} = ${valueOf(name)}`).join(', ')}, version = p.version, updated_at = now()
  FROM ${RECORDS} WHERE b.id = p.id`;

type Written = Omit<typeof businessPartner.$inferInsert, 'tenantId' | 'id'> & { readonly id: string };

/** Inserts partners; answers the ids of those that were inserted. The others have a number that is taken. */
export async function insertPartners(tx: Tx, rows: readonly Written[]): Promise<ReadonlySet<string>> {
  const made = await tx.query<{ id: string }>(INSERT, [JSON.stringify(rows), tx.tenantId], 'insert_partners');
  return new Set(made.map(({ id }) => id));
}

/** Writes all columns of partners that are locked, the version included. */
export async function rewritePartners(tx: Tx, rows: readonly Written[]): Promise<void> {
  await tx.query(REWRITE, [JSON.stringify(rows)], 'rewrite_partners');
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

/** Which partners have these numbers. */
export async function ownersOfNumbers(tx: Tx, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.db
    .select({ number: businessPartner.number, id: businessPartner.id })
    .from(businessPartner)
    .where(inArray(businessPartner.number, [...numbers]));
  return new Map(rows.map(({ number, id }) => [number, id]));
}

/** Numbers among the given that are taken. */
export async function takenNumbers(tx: Tx, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await ownersOfNumbers(tx, numbers)).keys());
}

/** A partner that a record of this domain refers to, which therefore exists. */
export const loadPartner = (ctx: Ctx, id: string): Promise<BusinessPartnerRow> =>
  loadNode(ctx, businessPartners, id) as Promise<unknown> as Promise<BusinessPartnerRow>;

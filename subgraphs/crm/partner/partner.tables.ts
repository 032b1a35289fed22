import { nameText, recordColumns } from '@valeo/kit/columns.ts';
import type { PostalAddress } from '@valeo/kit/validate.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { crmSchema } from '../crm.schema.ts';

export const PARTNER_KINDS = ['CUSTOMER', 'SUPPLIER', 'PROSPECT'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

export const businessPartner = crmSchema.table(
  'business_partner',
  {
    ...recordColumns(),
    number: text('number').notNull(),
    name: nameText('name').notNull(),
    kinds: text('kinds').array().$type<PartnerKind[]>().notNull(),
    country: text('country').notNull(),
    vatId: text('vat_id'),
    email: text('email'),
    phone: text('phone'),
    website: text('website'),
    /** Language of documents sent to the partner. */
    language: text('language').$type<'de' | 'en'>().notNull().default('de'),
    paymentTermDays: integer('payment_term_days').notNull().default(14),
    creditLimit: numeric('credit_limit', { precision: 17, scale: 2 }),
    iban: text('iban'),
    billingAddress: jsonb('billing_address').$type<PostalAddress>(),
    shippingAddresses: jsonb('shipping_addresses').$type<PostalAddress[]>().notNull().default([]),
    /** City of the billing address; '' without one, since a sort key may not be null. */
    city: nameText('city').notNull().generatedAlwaysAs(sql`coalesce(billing_address ->> 'city', '')`),
    externalSource: text('external_source'),
    externalNumber: text('external_number'),
    note: text('note'),
  },
  (table) => [
    uniqueIndex('business_partner_number').on(table.tenantId, table.number),
    uniqueIndex('business_partner_external').on(table.tenantId, table.externalSource, table.externalNumber),
    index('business_partner_by_name').on(table.tenantId, table.name, table.id),
    index('business_partner_by_number').on(table.tenantId, table.number, table.id),
    index('business_partner_by_country').on(table.tenantId, table.country, table.id),
    index('business_partner_by_city').on(table.tenantId, table.city, table.id),
    index('business_partner_by_creation').on(table.tenantId, table.createdAt, table.id),
    index('business_partner_by_change').on(table.tenantId, table.updatedAt, table.id),
    check('business_partner_kinds', sql`cardinality(kinds) > 0 and kinds <@ array['CUSTOMER','SUPPLIER','PROSPECT']`),
    check('business_partner_external_whole', sql`(external_source is null) = (external_number is null)`),
    check('business_partner_term', sql`payment_term_days between 0 and 365`),
  ],
);

export type BusinessPartnerRow = typeof businessPartner.$inferSelect;

export const contact = crmSchema.table(
  'contact',
  {
    ...recordColumns(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => businessPartner.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    role: text('role'),
    email: text('email'),
    phone: text('phone'),
  },
  (table) => [index('contact_of_partner').on(table.tenantId, table.partnerId, table.position)],
);

export type ContactRow = typeof contact.$inferSelect;

/** The next number of each company's own range of partner numbers. */
export const partnerRange = crmSchema.table('partner_range', {
  tenantId: uuid('tenant_id').primaryKey(),
  next: integer('next').notNull(),
});

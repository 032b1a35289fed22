import { dateTime, enumerationSet, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sql } from 'drizzle-orm';
import { businessPartner } from './partner.tables.ts';

export const businessPartners = defineList({
  type: 'BusinessPartner',
  field: 'businessPartner',
  plural: 'businessPartners',
  description: 'Customers, suppliers and prospects of the company, in alphabetical order.',
  table: businessPartner,
  permission: 'crm:read',
  filters: {
    name: text(businessPartner.name),
    number: text(businessPartner.number),
    kinds: enumerationSet('BusinessPartnerKind', businessPartner.kinds),
    country: text(businessPartner.country),
    city: text(businessPartner.city),
    email: text(businessPartner.email),
    vatId: text(businessPartner.vatId),
    externalSource: text(businessPartner.externalSource),
    externalNumber: text(businessPartner.externalNumber),
    createdAt: dateTime(businessPartner.createdAt),
    updatedAt: dateTime(businessPartner.updatedAt),
  },
  groups: ['kinds', 'country', 'city'],
  sorts: {
    name: businessPartner.name,
    number: businessPartner.number,
    country: businessPartner.country,
    city: businessPartner.city,
    createdAt: businessPartner.createdAt,
    updatedAt: businessPartner.updatedAt,
  },
  defaultOrder: [{ by: 'name', direction: 'ASC' }],
  publishes: {
    number: businessPartner.number,
    name: businessPartner.name,
    kinds: businessPartner.kinds,
    country: businessPartner.country,
    vatId: businessPartner.vatId,
    email: businessPartner.email,
    language: businessPartner.language,
    paymentTermDays: businessPartner.paymentTermDays,
    billingAddress: businessPartner.billingAddress,
  },
  standing: { sealed: sql`false` },
});

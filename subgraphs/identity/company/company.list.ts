import { defineList } from '@valeo/kit/list.ts';
import { company } from './company.tables.ts';

/** Not a list in the graph, since a caller sees one company; but published and watched like one. */
export const companies = defineList({
  type: 'Company',
  field: 'company',
  plural: 'companies',
  description: 'The company.',
  unlisted: true,
  table: company,
  permission: 'company:read',
  filters: {},
  sorts: { createdAt: company.createdAt },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  publishes: {
    name: company.name,
    legalName: company.legalName,
    address: company.address,
    country: company.country,
    currency: company.currency,
    chart: company.chart,
    fiscalYearStartMonth: company.fiscalYearStartMonth,
    taxNumber: company.taxNumber,
    vatId: company.vatId,
    iban: company.iban,
    bic: company.bic,
    bankName: company.bankName,
    phone: company.phone,
    email: company.email,
    website: company.website,
    registration: company.registration,
    directors: company.directors,
    locale: company.locale,
  },
});

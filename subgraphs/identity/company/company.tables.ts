import { recordColumns } from '@valeo/kit/columns.ts';
import type { PostalAddress } from '@valeo/kit/validate.ts';
import { sql } from 'drizzle-orm';
import { check, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

export const CHARTS = ['SKR03', 'SKR04'] as const;

/** The company itself; its id is the id of the tenant. */
export const company = identitySchema.table(
  'company',
  {
    ...recordColumns(),
    name: text('name').notNull(),
    legalName: text('legal_name').notNull(),
    address: jsonb('address').$type<PostalAddress>(),
    country: text('country').notNull().default('DE'),
    currency: text('currency').notNull().default('EUR'),
    chart: text('chart').$type<(typeof CHARTS)[number]>().notNull(),
    fiscalYearStartMonth: integer('fiscal_year_start_month').notNull().default(1),
    taxNumber: text('tax_number'),
    vatId: text('vat_id'),
    iban: text('iban'),
    bic: text('bic'),
    bankName: text('bank_name'),
    phone: text('phone'),
    email: text('email'),
    website: text('website'),
    registration: text('registration'),
    directors: text('directors'),
    /** Language of documents. */
    locale: text('locale').$type<'de' | 'en'>().notNull(),
  },
  () => [
    check('company_is_tenant', sql`id = tenant_id`),
    check('company_chart', sql`chart in ('SKR03','SKR04')`),
    check('company_year', sql`fiscal_year_start_month between 1 and 12`),
  ],
);

export type CompanyRow = typeof company.$inferSelect;

import { conflict } from '@valeo/kit/conflict.ts';
import { zBic, zIban, zTaxNumber, zVatId } from '@valeo/kit/identifiers.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zAddress, zEmail, zText } from '@valeo/kit/validate.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { zLocale } from '../user/user.input.ts';
import { userCompany } from '../user/user.tables.ts';
import { companies } from './company.list.ts';
import { company } from './company.tables.ts';

const zChange = z.object({
  version: z.int(),
  name: zText(200).optional(),
  legalName: zText(200).optional(),
  address: zAddress().optional(),
  taxNumber: zTaxNumber().nullish(),
  vatId: zVatId().nullish(),
  iban: zIban().nullish(),
  bic: zBic().nullish(),
  bankName: zText(100).nullish(),
  phone: zText(50).nullish(),
  email: zEmail().nullish(),
  website: zText(200).nullish(),
  registration: zText(200).nullish(),
  directors: zText(300).nullish(),
  locale: zLocale().optional(),
});

export const updateCompany = defineMutation({
  name: 'updateCompany',
  description:
    'Changes the master data of the company, as printed on documents. Documents that were posted keep what they have.',
  permission: 'company:manage',
  input: zChange,
  errors: ['NOT_FOUND', 'CONFLICT'],
  payload: { company: companies },
  async run(tx, change) {
    const { version, ...changes } = change;
    const [row] = await tx.db.select().from(company).for('update');
    if (!row) return fail('NOT_FOUND');
    if (row.version !== version) return conflict(change, row);
    const country = changes.address?.country ?? row.country;
    await tx.db
      .update(company)
      .set({ ...changes, country, version: version + 1, updatedAt: sql`now()` })
      .where(eq(company.id, row.id));
    if (changes.name && changes.name !== row.name) {
      await tx.db.update(userCompany).set({ companyName: changes.name }).where(eq(userCompany.companyId, row.id));
    }
    return ok({ company: row.id });
  },
});

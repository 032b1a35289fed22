import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { and, eq, ne, sql } from 'drizzle-orm';
import { insertContacts } from './create-partners.ts';
import { zPartnerChange } from './partner.input.ts';
import { businessPartners } from './partner.list.ts';
import { lockPartner } from './partner.queries.ts';
import { businessPartner, contact } from './partner.tables.ts';

export const updateBusinessPartner = defineMutation({
  name: 'updateBusinessPartner',
  description:
    'Changes a business partner. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'crm:write',
  input: zPartnerChange,
  errors: ['NOT_FOUND', 'CONFLICT', 'NUMBER_TAKEN'],
  payload: { businessPartner: businessPartners },
  async run(tx, change) {
    const { id, version, contacts, ...changes } = change;
    const partner = await lockPartner(tx, id);
    if (!partner) return fail('NOT_FOUND');
    if (partner.version !== version) return conflict(change, partner);

    if (changes.number) {
      const [other] = await tx.db
        .select({ id: businessPartner.id })
        .from(businessPartner)
        .where(and(eq(businessPartner.number, changes.number), ne(businessPartner.id, id)));
      if (other) return failField('NUMBER_TAKEN', 'number', { number: changes.number });
    }
    await tx.db
      .update(businessPartner)
      .set({ ...changes, version: version + 1, updatedAt: sql`now()` })
      .where(eq(businessPartner.id, id));
    if (contacts) {
      await tx.db.delete(contact).where(eq(contact.partnerId, id));
      await insertContacts(tx, [{ partnerId: id, contacts }]);
    }
    return ok({ businessPartner: id });
  },
});

import { money } from '@valeo/kit/money-field.ts';
import type { Resolvers } from '../_generated/schema.ts';
import { contactsOf } from './partner.queries.ts';

export const partnerResolvers: Resolvers = {
  BusinessPartner: {
    creditLimit: money('creditLimit'),
    contacts: (partner, _, ctx) => contactsOf(ctx, partner.id),
  },
};

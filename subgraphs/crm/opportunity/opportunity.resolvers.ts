import { money } from '@valeo/kit/money-field.ts';
import type { Resolvers } from '../_generated/schema.ts';
import { loadPartner } from '../partner/partner.queries.ts';

export const opportunityResolvers: Resolvers = {
  Opportunity: {
    partner: (row, _, ctx) => loadPartner(ctx, row.partnerId),
    expectedAmount: money('expectedAmount'),
  },
};

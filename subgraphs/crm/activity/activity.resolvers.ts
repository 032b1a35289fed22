import type { Resolvers } from '../_generated/schema.ts';
import { loadOpportunity } from '../opportunity/opportunity.queries.ts';
import { loadPartner } from '../partner/partner.queries.ts';

export const activityResolvers: Resolvers = {
  Activity: {
    partner: (row, _, ctx) => (row.partnerId ? loadPartner(ctx, row.partnerId) : null),
    opportunity: (row, _, ctx) => (row.opportunityId ? loadOpportunity(ctx, row.opportunityId) : null),
  },
};

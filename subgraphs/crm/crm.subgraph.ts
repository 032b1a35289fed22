import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { activities } from './activity/activity.list.ts';
import { activityResolvers } from './activity/activity.resolvers.ts';
import { createActivities, createActivity } from './activity/create-activities.ts';
import { updateActivity } from './activity/update-activity.ts';
import { crmTexts } from './crm.texts.ts';
import { createOpportunities, createOpportunity } from './opportunity/create-opportunities.ts';
import { opportunities } from './opportunity/opportunity.list.ts';
import { opportunityResolvers } from './opportunity/opportunity.resolvers.ts';
import { updateOpportunity } from './opportunity/update-opportunity.ts';
import { createBusinessPartner, createBusinessPartners } from './partner/create-partners.ts';
import { businessPartners } from './partner/partner.list.ts';
import { partnerResolvers } from './partner/partner.resolvers.ts';
import { updateBusinessPartner, updateBusinessPartners } from './partner/update-partners.ts';

/** Business partners, and the work on winning and keeping them. */
export const crm = defineSubgraph({
  name: 'crm',
  folder: import.meta.dirname,
  lists: [businessPartners, opportunities, activities],
  mutations: [
    createBusinessPartner,
    createBusinessPartners,
    updateBusinessPartner,
    updateBusinessPartners,
    createOpportunity,
    createOpportunities,
    updateOpportunity,
    createActivity,
    createActivities,
    updateActivity,
  ],
  resolvers: [partnerResolvers, opportunityResolvers, activityResolvers],
  texts: crmTexts,
});

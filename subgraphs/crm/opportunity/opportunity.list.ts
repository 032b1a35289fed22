import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { opportunity } from './opportunity.tables.ts';

export const opportunities = defineList({
  type: 'Opportunity',
  field: 'opportunity',
  plural: 'opportunities',
  description: 'Possible sales, the newest first.',
  table: opportunity,
  permission: 'crm:read',
  filters: {
    title: text(opportunity.title),
    partnerId: id(opportunity.partnerId),
    stage: enumeration('OpportunityStage', opportunity.stage),
    expectedAmount: decimal(opportunity.expectedAmount),
    expectedCloseOn: date(opportunity.expectedCloseOn),
    createdAt: dateTime(opportunity.createdAt),
    updatedAt: dateTime(opportunity.updatedAt),
  },
  groups: ['stage', 'expectedCloseOn'],
  sums: { expectedAmount: sumOfMoney(opportunity.expectedAmount) },
  sorts: {
    createdAt: opportunity.createdAt,
    title: opportunity.title,
    expectedCloseOn: opportunity.expectedCloseOn,
    expectedAmount: opportunity.expectedAmount,
    updatedAt: opportunity.updatedAt,
  },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  countedBy: 'stage',
  ownedBy: { BusinessPartner: opportunity.partnerId },
});

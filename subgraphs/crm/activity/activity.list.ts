import { date, dateTime, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { activity } from './activity.tables.ts';

export const activities = defineList({
  type: 'Activity',
  field: 'activity',
  plural: 'activities',
  description: 'Calls, mails, meetings, notes and tasks, the newest first.',
  table: activity,
  permission: 'crm:read',
  filters: {
    kind: enumeration('ActivityKind', activity.kind),
    status: enumeration('ActivityStatus', activity.status),
    subject: text(activity.subject),
    partnerId: id(activity.partnerId),
    opportunityId: id(activity.opportunityId),
    dueOn: date(activity.dueOn),
    createdAt: dateTime(activity.createdAt),
    updatedAt: dateTime(activity.updatedAt),
  },
  groups: ['kind', 'status', 'dueOn'],
  sorts: {
    createdAt: activity.createdAt,
    subject: activity.subject,
    dueOn: activity.dueOrder,
    updatedAt: activity.updatedAt,
  },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: activity.partnerId, Opportunity: activity.opportunityId },
});

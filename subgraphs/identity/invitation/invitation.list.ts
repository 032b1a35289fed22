import { dateTime, enumeration, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { invitation } from './invitation.tables.ts';

export const invitations = defineList({
  type: 'Invitation',
  field: 'invitation',
  plural: 'invitations',
  description: 'Invitations of colleagues, the newest first.',
  table: invitation,
  permission: 'users:manage',
  filters: {
    email: text(invitation.email),
    status: enumeration('InvitationStatus', invitation.status),
    createdAt: dateTime(invitation.createdAt),
  },
  sorts: { createdAt: invitation.createdAt, email: invitation.email },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  countedBy: 'status',
});

import { dateTime, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { membership } from './user.tables.ts';

export const users = defineList({
  type: 'User',
  field: 'user',
  plural: 'users',
  description: 'People who work for the company, in alphabetical order.',
  table: membership,
  permission: 'company:read',
  filters: {
    name: text(membership.name),
    email: text(membership.email),
    roleId: text(membership.roleId),
    joinedAt: dateTime(membership.createdAt),
  },
  sorts: { name: membership.name, email: membership.email, joinedAt: membership.createdAt },
  defaultOrder: [{ by: 'name', direction: 'ASC' }],
});

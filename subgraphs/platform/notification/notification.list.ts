import { dateTime, enumeration, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sql } from 'drizzle-orm';
import { notification } from './notification.tables.ts';

export const notifications = defineList({
  type: 'Notification',
  field: 'notification',
  plural: 'notifications',
  description: 'What the caller should know, newest first.',
  table: notification,
  permission: 'platform:read',
  filters: {
    kind: enumeration('NotificationKind', notification.kind),
    title: text(notification.title),
    readAt: dateTime(notification.readAt),
    createdAt: dateTime(notification.createdAt),
  },
  groups: ['kind'],
  sorts: { createdAt: notification.createdAt },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  visible: () =>
    sql`(${notification.userId} is null or ${notification.userId} = nullif(current_setting('app.user_id', true), '')::uuid)`,
});

import {
  MarkNotificationRead,
  NotificationsGroups,
  NotificationsList,
  NotificationsLive,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { bulkQuestion } from '#lists/bulk-question.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function notificationList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'NotificationKind', { INFO: 'open', SUCCESS: 'paid', WARNING: 'part', ERROR: 'over' });
  return {
    connection: 'notifications',
    operation: NotificationsList,
    live: NotificationsLive,
    label: t('nav.notifications'),
    href: null,
    search: [],
    defaultSort: '-createdAt',
    pinned: 0,
    bulk: [
      {
        key: 'read',
        label: t('bulk.read'),
        question: bulkQuestion(t, 'bulk.read.question'),
        icon: 'check',
        operation: MarkNotificationRead,
        permission: 'platform:read',
        input: { read: true },
      },
    ],
    groups: { operation: NotificationsGroups, columns: ['kind'], sums: [] },
    columns: [
      column('status', 'kind', { width: 130, values: kind, filter: true, card: 'state' }),
      column('text', 'title', { label: 'notification', width: 340, href: '{link}', look: 'medium', card: 'title' }),
      column('text', 'body', { card: 'sub' }),
      column('dateTime', 'createdAt', { label: 'date', sort: true, filter: true, card: 'end' }),
      column('dateTime', 'readAt', { filter: true, look: 'muted' }),
    ],
    empty: { title: t('empty.notifications.title'), text: t('empty.notifications.text') },
  };
}

export function notificationListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.unread'), query: 'f=readAt:isNull:true' },
  ];
}

import { recordColumns } from '@valeo/kit/columns.ts';
import { index, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { platformSchema } from '../platform.schema.ts';

/** Something a user should know. */
export const notification = platformSchema.table(
  'notification',
  {
    ...recordColumns(),
    /** Null: everybody in the company. */
    userId: uuid('user_id'),
    /** INFO, SUCCESS, WARNING or ERROR. */
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    body: text('body'),
    /** Path in the web app. */
    link: text('link'),
    readAt: timestamp('read_at', { withTimezone: true, mode: 'string' }),
  },
  (t) => [index('notification_by_creation').on(t.tenantId, t.createdAt, t.id)],
);
export type NotificationRow = typeof notification.$inferSelect;

import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { notifications } from './notification.list.ts';

export const createNotification = defineMutation({
  name: 'createNotification',
  description: 'Tells one user or everybody in the company something.',
  permission: 'platform:write',
  input: z.object({
    userId: zId().nullish(),
    kind: z.enum(['INFO', 'SUCCESS', 'WARNING', 'ERROR']).nullish(),
    title: zText(200),
    body: zText(2000).nullish(),
    link: z
      .string()
      .max(300)
      .regex(/^\/(?!\/)/)
      .nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [],
  payload: { notification: notifications },
  async run(tx, input) {
    const id = newId();
    await tx.query(
      'INSERT INTO platform.notification (id, tenant_id, user_id, kind, title, body, link) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, tx.tenantId, input.userId, input.kind ?? 'INFO', input.title, input.body, input.link],
    );
    return ok({ notification: id });
  },
});

export const markNotificationRead = defineMutation({
  name: 'markNotificationRead',
  description: 'Marks a notification as read or unread.',
  permission: 'platform:read',
  input: z.object({ id: zId(), read: z.boolean().nullish() }),
  errors: ['NOT_FOUND'],
  payload: { notification: notifications },
  async run(tx, { id, read }) {
    const [row] = await tx.query(
      `UPDATE platform.notification SET read_at = CASE WHEN $2 THEN coalesce(read_at, now()) END, version = version + 1, updated_at = now()
       WHERE id = $1 AND (user_id IS NULL OR user_id = nullif(current_setting('app.user_id', true), '')::uuid) RETURNING id`,
      [id, read ?? true],
    );
    return row ? ok({ notification: id }) : fail('NOT_FOUND');
  },
});

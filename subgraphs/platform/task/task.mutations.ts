import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zCode, zId, zKey } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { TASKS } from './kinds.ts';
import { tasks } from './task.list.ts';

export const startTask = defineMutation({
  name: 'startTask',
  description: 'Starts a background task. It is queued in the same transaction, so it is not lost.',
  permission: 'platform:write',
  input: z.object({
    kind: zCode(100),
    fileId: zId().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['FILE_REQUIRED', 'UNKNOWN_FILE'],
  payload: { task: tasks },
  // `dryRun` is the task's here: the task itself is kept.
  keepsDryRun: true,
  async run(tx, input, ctx) {
    const kind = TASKS.get(input.kind);
    const payload = kind?.payload.safeParse({ fileId: input.fileId });
    if (!payload?.success) return failField('FILE_REQUIRED', 'fileId');
    if (input.fileId) {
      const [file] = await tx.query('SELECT 1 FROM platform.file WHERE id = $1', [input.fileId]);
      if (!file) return failField('UNKNOWN_FILE', 'fileId');
    }
    const id = newId();
    const { userId, permissions, locale } = ctx.caller;
    await tx.query(
      `INSERT INTO platform.task (id, tenant_id, kind, payload, dry_run, user_id, permissions, locale) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        tx.tenantId,
        input.kind,
        JSON.stringify(payload.data),
        input.dryRun ?? false,
        userId,
        JSON.stringify(permissions),
        locale,
      ],
    );
    return ok({ task: id });
  },
});

export const cancelTask = defineMutation({
  name: 'cancelTask',
  description: 'Stops a task at its next step. What it has done so far stays.',
  permission: 'platform:write',
  input: z.object({ id: zId() }),
  errors: ['NOT_FOUND', 'TASK_ENDED'],
  payload: { task: tasks },
  async run(tx, { id }) {
    const [row] = await tx.query<{ status: string }>('SELECT status FROM platform.task WHERE id = $1 FOR UPDATE', [id]);
    if (!row) return fail('NOT_FOUND');
    if (row.status !== 'QUEUED' && row.status !== 'RUNNING') return fail('TASK_ENDED');
    await tx.query(
      `UPDATE platform.task SET cancel_requested = true, version = version + 1, updated_at = now(),
         status = CASE status WHEN 'QUEUED' THEN 'CANCELLED' ELSE status END, finished_at = CASE status WHEN 'QUEUED' THEN now() END WHERE id = $1`,
      [id],
    );
    return ok({ task: id });
  },
});

export const retryTask = defineMutation({
  name: 'retryTask',
  description: 'Starts a failed or cancelled task again, as a new task that continues where it stopped.',
  permission: 'platform:write',
  input: z.object({ id: zId(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'TASK_NOT_ENDED'],
  payload: { task: tasks },
  async run(tx, input, ctx) {
    const [row] = await tx.query<{ status: string }>('SELECT status FROM platform.task WHERE id = $1', [input.id]);
    if (!row) return fail('NOT_FOUND');
    if (row.status !== 'FAILED' && row.status !== 'CANCELLED') return fail('TASK_NOT_ENDED');
    const id = newId();
    const { userId, permissions, locale } = ctx.caller;
    await tx.query(
      `INSERT INTO platform.task (id, tenant_id, kind, payload, dry_run, user_id, permissions, locale)
       SELECT $2, tenant_id, kind, payload, dry_run, $3, $4, $5 FROM platform.task WHERE id = $1`,
      [input.id, id, userId, JSON.stringify(permissions), locale],
    );
    return ok({ task: id });
  },
});

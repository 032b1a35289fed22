import { recordColumns } from '@valeo/kit/columns.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import { boolean, index, integer, jsonb, real, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { platformSchema } from '../platform.schema.ts';

export const TASK_STATUS = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;

/** A background task as its users see it. The queue holds only its id. */
export const task = platformSchema.table(
  'task',
  {
    ...recordColumns(),
    kind: text('kind').notNull(),
    status: text('status').$type<(typeof TASK_STATUS)[number]>().notNull().default('QUEUED'),
    /** 0..1. */
    progress: real('progress').notNull().default(0),
    messageDe: text('message_de'),
    messageEn: text('message_en'),
    payload: jsonb('payload').notNull(),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: text('error'),
    dryRun: boolean('dry_run').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    userId: uuid('user_id'),
    /** What the caller may do; the task runs with no more. */
    permissions: jsonb('permissions').$type<Permission[]>().notNull(),
    locale: text('locale').$type<'de' | 'en'>().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true, mode: 'string' }),
    finishedAt: timestamp('finished_at', { withTimezone: true, mode: 'string' }),
  },
  (t) => [
    index('task_by_creation').on(t.tenantId, t.createdAt, t.id),
    index('task_by_status').on(t.tenantId, t.status, t.createdAt, t.id),
  ],
);
export type TaskRow = typeof task.$inferSelect;

/** Signs of life of the queue's workers; jobs of one that fell silent are given back. */
export const workerPulse = platformSchema.table('worker_pulse', {
  workerId: text('worker_id').primaryKey(),
  seenAt: timestamp('seen_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
});

import { nameText, recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, date, index, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { crmSchema } from '../crm.schema.ts';
import { opportunity } from '../opportunity/opportunity.tables.ts';
import { businessPartner } from '../partner/partner.tables.ts';

export const ACTIVITY_KINDS = ['CALL', 'EMAIL', 'MEETING', 'NOTE', 'TASK'] as const;

export const activity = crmSchema.table(
  'activity',
  {
    ...recordColumns(),
    kind: text('kind').$type<(typeof ACTIVITY_KINDS)[number]>().notNull(),
    subject: nameText('subject').notNull(),
    body: text('body'),
    partnerId: uuid('partner_id').references(() => businessPartner.id),
    opportunityId: uuid('opportunity_id').references(() => opportunity.id),
    dueOn: date('due_on', { mode: 'string' }),
    doneAt: timestamp('done_at', { withTimezone: true, mode: 'string' }),
    status: text('status')
      .$type<'OPEN' | 'DONE'>()
      .notNull()
      .generatedAlwaysAs(sql`case when done_at is null then 'OPEN' else 'DONE' end`),
    /** Sort key: what has no due date comes after everything that has one. */
    dueOrder: date('due_order', { mode: 'string' })
      .notNull()
      .generatedAlwaysAs(sql`coalesce(due_on, '9999-12-31'::date)`),
  },
  (table) => [
    index('activity_by_creation').on(table.tenantId, table.createdAt, table.id),
    index('activity_by_subject').on(table.tenantId, table.subject, table.id),
    index('activity_by_due').on(table.tenantId, table.dueOrder, table.id),
    index('activity_by_status').on(table.tenantId, table.status, table.createdAt, table.id),
    index('activity_by_change').on(table.tenantId, table.updatedAt, table.id),
    index('activity_of_partner').on(table.tenantId, table.partnerId, table.createdAt, table.id),
    index('activity_of_opportunity').on(table.tenantId, table.opportunityId, table.createdAt, table.id),
    check('activity_kind', sql`kind in ('CALL','EMAIL','MEETING','NOTE','TASK')`),
  ],
);

export type ActivityRow = typeof activity.$inferSelect;

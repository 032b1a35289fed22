import { nameText, recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, numeric, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { crmSchema } from '../crm.schema.ts';
import { businessPartner } from '../partner/partner.tables.ts';
import type { Stage } from './stages.ts';

export const opportunity = crmSchema.table(
  'opportunity',
  {
    ...recordColumns(),
    title: nameText('title').notNull(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => businessPartner.id),
    stage: text('stage').$type<Stage>().notNull(),
    expectedAmount: numeric('expected_amount', { precision: 17, scale: 2 }).notNull(),
    probability: integer('probability').notNull(),
    expectedCloseOn: date('expected_close_on', { mode: 'string' }).notNull(),
    /** When it was won or lost. */
    closedAt: timestamp('closed_at', { withTimezone: true, mode: 'string' }),
    lossReason: text('loss_reason'),
    note: text('note'),
  },
  (table) => [
    index('opportunity_by_creation').on(table.tenantId, table.createdAt, table.id),
    index('opportunity_by_title').on(table.tenantId, table.title, table.id),
    index('opportunity_by_close').on(table.tenantId, table.expectedCloseOn, table.id),
    index('opportunity_by_amount').on(table.tenantId, table.expectedAmount, table.id),
    index('opportunity_by_stage').on(table.tenantId, table.stage, table.createdAt, table.id),
    index('opportunity_by_change').on(table.tenantId, table.updatedAt, table.id),
    index('opportunity_of_partner').on(table.tenantId, table.partnerId, table.createdAt, table.id),
    check('opportunity_stage', sql`stage in ('NEW','QUALIFIED','PROPOSAL','NEGOTIATION','WON','LOST')`),
    check('opportunity_probability', sql`probability between 0 and 100`),
    check('opportunity_amount', sql`expected_amount >= 0`),
  ],
);

export type OpportunityRow = typeof opportunity.$inferSelect;

import { recordColumns } from '@valeo/kit/columns.ts';
import { sql } from 'drizzle-orm';
import { check, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, headColumns, lineColumns } from '../document/document.columns.ts';
import { salesSchema } from '../sales.schema.ts';
import type { QuoteStatus } from './quote-states.ts';

/** An offer to a customer. */
export const quote = salesSchema.table(
  'quote',
  {
    ...recordColumns(),
    ...headColumns(),
    status: text('status').$type<QuoteStatus>().notNull(),
    quotedOn: day('quoted_on').notNull(),
    /** Last day on which it can be accepted. */
    validUntil: day('valid_until').notNull(),
    orderId: uuid('order_id'),
  },
  (t) => [
    uniqueIndex('quote_number').on(t.tenantId, t.number),
    uniqueIndex('quote_external').on(t.tenantId, t.externalSource, t.externalNumber),
    index('quote_by_day').on(t.tenantId, t.quotedOn, t.id),
    index('quote_by_number').on(t.tenantId, t.number, t.id),
    index('quote_by_gross').on(t.tenantId, t.gross, t.id),
    index('quote_by_validity').on(t.tenantId, t.validUntil, t.id),
    index('quote_by_customer_name').on(t.tenantId, t.customerName, t.id),
    index('quote_by_status').on(t.tenantId, t.status, t.quotedOn, t.id),
    index('quote_by_customer').on(t.tenantId, t.customerId, t.quotedOn, t.id),
    index('quote_by_change').on(t.tenantId, t.updatedAt, t.id),
    check('quote_total', sql`gross = net + tax`),
    check('quote_converted_has_order', sql`(status = 'CONVERTED') = (order_id is not null)`),
  ],
);
export type QuoteRow = typeof quote.$inferSelect;

export const quoteLine = salesSchema.table(
  'quote_line',
  {
    ...lineColumns(),
    quoteId: uuid('quote_id')
      .notNull()
      .references(() => quote.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.quoteId, t.position] })],
);
export type QuoteLineRow = typeof quoteLine.$inferSelect;

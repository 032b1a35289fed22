import { nameText } from '@valeo/kit/columns.ts';
import type { PostalAddress } from '@valeo/kit/validate.ts';
import { date, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core';

const amount = (name: string) => numeric(name, { precision: 19, scale: 2 }).notNull();
export const day = (name: string) => date(name, { mode: 'string' });
export const quantity = (name: string) => numeric(name, { precision: 15, scale: 4 });

/** What the heads of quotes, orders and deliveries have in common. The customer is copied in (rule 89). */
export const headColumns = () => ({
  number: text('number').notNull(),
  customerId: uuid('customer_id').notNull(),
  customerName: nameText('customer_name').notNull(),
  customerNumber: text('customer_number').notNull(),
  customerAddress: jsonb('customer_address').$type<PostalAddress>(),
  country: text('country').notNull(),
  currency: text('currency').notNull().default('EUR'),
  net: amount('net'),
  tax: amount('tax'),
  gross: amount('gross'),
  lineCount: integer('line_count').notNull(),
  note: text('note'),
  /** The customer's own number of this business. */
  reference: text('reference'),
  externalSource: text('external_source'),
  externalNumber: text('external_number'),
  createdBy: uuid('created_by'),
});

/** What their lines have in common. */
export const lineColumns = () => ({
  tenantId: uuid('tenant_id').notNull(),
  position: integer('position').notNull(),
  articleId: uuid('article_id').notNull(),
  /** GOODS are delivered, a SERVICE is only billed. */
  kind: text('kind').$type<'GOODS' | 'SERVICE'>().notNull(),
  sku: text('sku').notNull(),
  description: text('description').notNull(),
  unit: text('unit').notNull(),
  quantity: quantity('quantity').notNull(),
  unitPrice: numeric('unit_price', { precision: 15, scale: 4 }).notNull(),
  taxCode: text('tax_code').notNull(),
  net: amount('net'),
});

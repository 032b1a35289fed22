import { nameText } from '@valeo/kit/columns.ts';
import { date, integer, numeric, text, uuid } from 'drizzle-orm/pg-core';

export const amount = (name: string) => numeric(name, { precision: 19, scale: 2 }).notNull();
export const day = (name: string) => date(name, { mode: 'string' });
export const quantity = (name: string) => numeric(name, { precision: 15, scale: 4 });

/** What the heads of all documents of purchasing have in common. The supplier's name is copied in. */
export const headColumns = () => ({
  number: text('number').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierName: nameText('supplier_name').notNull(),
  lineCount: integer('line_count').notNull(),
  note: text('note'),
  externalSource: text('external_source'),
  externalNumber: text('external_number'),
  createdBy: uuid('created_by'),
});

export const totalColumns = () => ({
  currency: text('currency').notNull().default('EUR'),
  net: amount('net'),
  tax: amount('tax'),
  gross: amount('gross'),
});

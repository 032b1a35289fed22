import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import { quote } from './quote.tables.ts';

export const quotes = defineList({
  type: 'Quote',
  field: 'quote',
  plural: 'quotes',
  description: 'Offers to customers, newest first.',
  table: quote,
  permission: 'sales:read',
  filters: {
    status: enumeration('QuoteStatus', quote.status),
    number: text(quote.number),
    customerId: id(quote.customerId),
    customerName: text(quote.customerName),
    country: text(quote.country),
    reference: text(quote.reference),
    quotedOn: date(quote.quotedOn),
    validUntil: date(quote.validUntil),
    net: decimal(quote.net),
    gross: decimal(quote.gross),
    externalSource: text(quote.externalSource),
    externalNumber: text(quote.externalNumber),
    updatedAt: dateTime(quote.updatedAt),
  },
  groups: ['status', 'country', 'customerName', 'quotedOn', 'validUntil'],
  sums: { net: sumOfMoney(quote.net), gross: sumOfMoney(quote.gross) },
  sorts: {
    quotedOn: quote.quotedOn,
    number: quote.number,
    customerName: quote.customerName,
    validUntil: quote.validUntil,
    gross: quote.gross,
    updatedAt: quote.updatedAt,
  },
  defaultOrder: [{ by: 'quotedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: quote.customerId },
  standing: { sealed: sql`${quote.status} <> 'DRAFT'` },
});

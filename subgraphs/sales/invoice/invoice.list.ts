import { date, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { salesInvoice } from './invoice.tables.ts';

/** Credit notes take away. */
const signed = (amount: PgColumn) =>
  sumOfMoney(sql`case when ${salesInvoice.kind} = 'CREDIT_NOTE' then -${amount} else ${amount} end`);

export const salesInvoices = defineList({
  type: 'SalesInvoice',
  field: 'salesInvoice',
  plural: 'salesInvoices',
  description: 'Invoices and credit notes, newest first.',
  table: salesInvoice,
  permission: 'sales:read',
  filters: {
    kind: enumeration('SalesInvoiceKind', salesInvoice.kind),
    status: enumeration('SalesInvoiceStatus', salesInvoice.status),
    paymentStatus: enumeration('PaymentStatus', salesInvoice.paymentStatus),
    number: text(salesInvoice.number),
    externalNumber: text(salesInvoice.externalNumber),
    externalSource: text(salesInvoice.externalSource),
    customerId: id(salesInvoice.customerId),
    customerName: text(salesInvoice.customerName),
    country: text(salesInvoice.country),
    issuedOn: date(salesInvoice.issuedOn),
    suppliedOn: date(salesInvoice.suppliedOn),
    dueOn: date(salesInvoice.dueOn),
    net: decimal(salesInvoice.net),
    tax: decimal(salesInvoice.tax),
    gross: decimal(salesInvoice.gross),
    openAmount: decimal(salesInvoice.openAmount),
  },
  groups: ['status', 'paymentStatus', 'kind', 'country', 'customerName', 'issuedOn', 'dueOn'],
  sums: {
    net: signed(salesInvoice.net),
    tax: signed(salesInvoice.tax),
    gross: signed(salesInvoice.gross),
    openAmount: signed(salesInvoice.openAmount),
  },
  sorts: {
    issuedOn: salesInvoice.issuedOn,
    number: salesInvoice.numberKey,
    customerName: salesInvoice.customerName,
    dueOn: salesInvoice.dueOn,
    gross: salesInvoice.gross,
    openAmount: salesInvoice.openAmount,
  },
  defaultOrder: [{ by: 'issuedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: salesInvoice.customerId },
  standing: { sealed: sql`${salesInvoice.status} <> 'DRAFT'` },
});

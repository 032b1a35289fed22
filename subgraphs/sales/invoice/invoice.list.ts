import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import { salesInvoice } from './invoice.tables.ts';

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
    signedNet: decimal(salesInvoice.signedNet),
    signedTax: decimal(salesInvoice.signedTax),
    signedGross: decimal(salesInvoice.signedGross),
    signedOpenAmount: decimal(salesInvoice.signedOpenAmount),
    updatedAt: dateTime(salesInvoice.updatedAt),
  },
  groups: ['status', 'paymentStatus', 'kind', 'country', 'customerName', 'issuedOn', 'dueOn'],
  sums: {
    net: sumOfMoney(salesInvoice.signedNet),
    tax: sumOfMoney(salesInvoice.signedTax),
    gross: sumOfMoney(salesInvoice.signedGross),
    openAmount: sumOfMoney(salesInvoice.signedOpenAmount),
  },
  sorts: {
    issuedOn: salesInvoice.issuedOn,
    number: salesInvoice.numberKey,
    customerName: salesInvoice.customerName,
    dueOn: salesInvoice.dueOn,
    gross: salesInvoice.gross,
    openAmount: salesInvoice.openAmount,
    signedGross: salesInvoice.signedGross,
    signedOpenAmount: salesInvoice.signedOpenAmount,
    updatedAt: salesInvoice.updatedAt,
  },
  defaultOrder: [{ by: 'issuedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: salesInvoice.customerId },
  standing: { sealed: sql`${salesInvoice.status} <> 'DRAFT'` },
  unposted: {
    day: salesInvoice.issuedOn,
    name: salesInvoice.customerName,
    when: sql`${salesInvoice.status} = 'DRAFT'`,
  },
});

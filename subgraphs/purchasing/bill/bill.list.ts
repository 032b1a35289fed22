import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import { supplierInvoice } from './bill.tables.ts';

export const supplierInvoices = defineList({
  type: 'SupplierInvoice',
  field: 'supplierInvoice',
  plural: 'supplierInvoices',
  description: 'Bills of suppliers and their credit notes, newest first.',
  table: supplierInvoice,
  permission: 'purchasing:read',
  filters: {
    kind: enumeration('SupplierInvoiceKind', supplierInvoice.kind),
    status: enumeration('SupplierInvoiceStatus', supplierInvoice.status),
    number: text(supplierInvoice.number),
    supplierNumber: text(supplierInvoice.supplierNumber),
    supplierId: id(supplierInvoice.supplierId),
    supplierName: text(supplierInvoice.supplierName),
    issuedOn: date(supplierInvoice.issuedOn),
    dueOn: date(supplierInvoice.dueOn),
    net: decimal(supplierInvoice.net),
    gross: decimal(supplierInvoice.gross),
    openAmount: decimal(supplierInvoice.openAmount),
    signedNet: decimal(supplierInvoice.signedNet),
    signedTax: decimal(supplierInvoice.signedTax),
    signedGross: decimal(supplierInvoice.signedGross),
    signedOpenAmount: decimal(supplierInvoice.signedOpenAmount),
    orderId: id(supplierInvoice.orderId),
    externalSource: text(supplierInvoice.externalSource),
    externalNumber: text(supplierInvoice.externalNumber),
    updatedAt: dateTime(supplierInvoice.updatedAt),
  },
  groups: ['status', 'kind', 'supplierName', 'issuedOn', 'dueOn'],
  sums: {
    net: sumOfMoney(supplierInvoice.signedNet),
    gross: sumOfMoney(supplierInvoice.signedGross),
    openAmount: sumOfMoney(supplierInvoice.signedOpenAmount),
  },
  sorts: {
    issuedOn: supplierInvoice.issuedOn,
    number: supplierInvoice.number,
    supplierName: supplierInvoice.supplierName,
    dueOn: supplierInvoice.dueOn,
    gross: supplierInvoice.gross,
    openAmount: supplierInvoice.openAmount,
    signedGross: supplierInvoice.signedGross,
    signedOpenAmount: supplierInvoice.signedOpenAmount,
    updatedAt: supplierInvoice.updatedAt,
  },
  defaultOrder: [{ by: 'issuedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: supplierInvoice.supplierId },
  standing: { sealed: sql`${supplierInvoice.status} not in ('RECEIVED', 'CHECKED')` },
});

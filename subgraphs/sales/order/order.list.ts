import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import { salesOrder } from './order.tables.ts';

export const salesOrders = defineList({
  type: 'SalesOrder',
  field: 'salesOrder',
  plural: 'salesOrders',
  description: 'Orders of customers, newest first.',
  table: salesOrder,
  permission: 'sales:read',
  filters: {
    status: enumeration('SalesOrderStatus', salesOrder.status),
    deliveryStatus: enumeration('FulfilmentStatus', salesOrder.deliveryStatus),
    invoiceStatus: enumeration('FulfilmentStatus', salesOrder.invoiceStatus),
    number: text(salesOrder.number),
    customerId: id(salesOrder.customerId),
    customerName: text(salesOrder.customerName),
    country: text(salesOrder.country),
    reference: text(salesOrder.reference),
    orderedOn: date(salesOrder.orderedOn),
    requestedOn: date(salesOrder.requestedOn),
    net: decimal(salesOrder.net),
    gross: decimal(salesOrder.gross),
    quoteId: id(salesOrder.quoteId),
    externalSource: text(salesOrder.externalSource),
    externalNumber: text(salesOrder.externalNumber),
    updatedAt: dateTime(salesOrder.updatedAt),
  },
  groups: ['status', 'deliveryStatus', 'invoiceStatus', 'country', 'customerName', 'orderedOn'],
  sums: { net: sumOfMoney(salesOrder.net), gross: sumOfMoney(salesOrder.gross) },
  sorts: {
    orderedOn: salesOrder.orderedOn,
    number: salesOrder.number,
    customerName: salesOrder.customerName,
    gross: salesOrder.gross,
    updatedAt: salesOrder.updatedAt,
  },
  defaultOrder: [{ by: 'orderedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: salesOrder.customerId },
  standing: { sealed: sql`${salesOrder.status} <> 'DRAFT'` },
});

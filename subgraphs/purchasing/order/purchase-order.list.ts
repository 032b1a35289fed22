import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import { purchaseOrder } from './purchase-order.tables.ts';

export const purchaseOrders = defineList({
  type: 'PurchaseOrder',
  field: 'purchaseOrder',
  plural: 'purchaseOrders',
  description: 'Orders to suppliers, newest first.',
  table: purchaseOrder,
  permission: 'purchasing:read',
  filters: {
    status: enumeration('PurchaseOrderStatus', purchaseOrder.status),
    number: text(purchaseOrder.number),
    supplierId: id(purchaseOrder.supplierId),
    supplierName: text(purchaseOrder.supplierName),
    orderedOn: date(purchaseOrder.orderedOn),
    expectedOn: date(purchaseOrder.expectedOn),
    net: decimal(purchaseOrder.net),
    gross: decimal(purchaseOrder.gross),
    externalSource: text(purchaseOrder.externalSource),
    externalNumber: text(purchaseOrder.externalNumber),
    updatedAt: dateTime(purchaseOrder.updatedAt),
  },
  groups: ['status', 'supplierName', 'orderedOn', 'expectedOn'],
  sums: { net: sumOfMoney(purchaseOrder.net), gross: sumOfMoney(purchaseOrder.gross) },
  sorts: {
    orderedOn: purchaseOrder.orderedOn,
    number: purchaseOrder.number,
    supplierName: purchaseOrder.supplierName,
    gross: purchaseOrder.gross,
    updatedAt: purchaseOrder.updatedAt,
  },
  defaultOrder: [{ by: 'orderedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: purchaseOrder.supplierId },
  standing: { sealed: sql`${purchaseOrder.status} <> 'DRAFT'` },
});

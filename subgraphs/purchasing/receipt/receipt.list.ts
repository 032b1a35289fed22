import { date, dateTime, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sql } from 'drizzle-orm';
import { goodsReceipt } from './receipt.tables.ts';

export const goodsReceipts = defineList({
  type: 'GoodsReceipt',
  field: 'goodsReceipt',
  plural: 'goodsReceipts',
  description: 'Goods that came in from suppliers, newest first.',
  table: goodsReceipt,
  permission: 'purchasing:read',
  filters: {
    status: enumeration('GoodsReceiptStatus', goodsReceipt.status),
    number: text(goodsReceipt.number),
    supplierId: id(goodsReceipt.supplierId),
    supplierName: text(goodsReceipt.supplierName),
    receivedOn: date(goodsReceipt.receivedOn),
    deliveryNote: text(goodsReceipt.deliveryNote),
    orderId: id(goodsReceipt.orderId),
    externalSource: text(goodsReceipt.externalSource),
    externalNumber: text(goodsReceipt.externalNumber),
    updatedAt: dateTime(goodsReceipt.updatedAt),
  },
  groups: ['status', 'supplierName', 'receivedOn'],
  sorts: {
    receivedOn: goodsReceipt.receivedOn,
    number: goodsReceipt.number,
    supplierName: goodsReceipt.supplierName,
    updatedAt: goodsReceipt.updatedAt,
  },
  defaultOrder: [{ by: 'receivedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: goodsReceipt.supplierId },
  standing: { sealed: sql`${goodsReceipt.status} <> 'DRAFT'` },
});

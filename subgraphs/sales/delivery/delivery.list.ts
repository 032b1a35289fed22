import { boolean, date, dateTime, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sql } from 'drizzle-orm';
import { delivery } from './delivery.tables.ts';

export const deliveries = defineList({
  type: 'Delivery',
  field: 'delivery',
  plural: 'deliveries',
  description: 'Deliveries to customers, newest first.',
  table: delivery,
  permission: 'sales:read',
  filters: {
    status: enumeration('DeliveryStatus', delivery.status),
    number: text(delivery.number),
    customerId: id(delivery.customerId),
    customerName: text(delivery.customerName),
    country: text(delivery.country),
    reference: text(delivery.reference),
    deliverOn: date(delivery.deliverOn),
    orderId: id(delivery.orderId),
    invoiced: boolean(delivery.invoiced),
    externalSource: text(delivery.externalSource),
    externalNumber: text(delivery.externalNumber),
    updatedAt: dateTime(delivery.updatedAt),
  },
  groups: ['status', 'invoiced', 'country', 'customerName', 'deliverOn'],
  sorts: {
    deliverOn: delivery.deliverOn,
    number: delivery.number,
    customerName: delivery.customerName,
    updatedAt: delivery.updatedAt,
  },
  defaultOrder: [{ by: 'deliverOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: delivery.customerId },
  standing: { sealed: sql`${delivery.status} <> 'DRAFT'` },
});

import { date, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { sql } from 'drizzle-orm';
import { openItem } from './open-item.tables.ts';

const isPayable = sql`${openItem.kind} = 'PAYABLE'`;

export const openItemList = defineList({
  type: 'OpenItem',
  field: 'openItem',
  plural: 'openItems',
  description: 'Open and settled items of customers and vendors, by due date.',
  table: openItem,
  permission: 'finance:read',
  filters: {
    kind: enumeration('OpenItemKind', openItem.kind),
    partnerId: id(openItem.partnerId),
    partnerName: text(openItem.partnerName),
    reference: text(openItem.reference),
    postedOn: date(openItem.postedOn),
    dueOn: date(openItem.dueOn),
    amount: decimal(openItem.amount),
    openAmount: decimal(openItem.openAmount),
    status: enumeration('OpenItemStatus', openItem.status),
  },
  groups: ['kind', 'status', 'partnerName', 'dueOn'],
  // Claims and debts together are no sum but what is left of both: debts count against claims.
  sums: { amount: sumOfMoney(openItem.amount, isPayable), openAmount: sumOfMoney(openItem.openAmount, isPayable) },
  sorts: {
    dueOn: openItem.dueOn,
    openAmount: openItem.openAmount,
    partnerName: openItem.partnerName,
    reference: openItem.reference,
  },
  defaultOrder: [{ by: 'dueOn', direction: 'ASC' }],
  countedBy: 'status',
  publishes: { sourceType: openItem.sourceType, sourceId: openItem.sourceId, openAmount: openItem.openAmount },
  ownedBy: { BusinessPartner: openItem.partnerId },
});

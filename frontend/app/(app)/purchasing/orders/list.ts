import { PurchaseOrdersGroups, PurchaseOrdersList, PurchaseOrdersLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function purchaseOrderList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const status = valuesOf(t, 'PurchaseOrderStatus', {
    DRAFT: 'draft',
    APPROVED: 'open',
    SENT: 'open',
    PARTIALLY_RECEIVED: 'part',
    RECEIVED: 'paid',
    CLOSED: 'paid',
    CANCELLED: 'void',
  });
  return {
    connection: 'purchaseOrders',
    operation: PurchaseOrdersList,
    label: t('nav.purchaseOrders'),
    href: '/purchasing/orders/{id}',
    search: ['number', 'supplierName'],
    defaultSort: '-orderedOn',
    pinned: 1,
    live: PurchaseOrdersLive,
    groups: {
      operation: PurchaseOrdersGroups,
      columns: ['status', 'orderedOn', 'supplierName', 'expectedOn'],
      sums: ['net', 'gross'],
    },
    columns: [
      column('link', 'number', { width: 140, sort: true, filter: true, card: 'sub' }),
      column('date', 'orderedOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'supplierName', {
        sort: true,
        filter: true,
        countryPath: 'supplier.country',
        href: '/crm/partners/{supplier.id}',
        card: 'title',
      }),
      column('status', 'status', { width: 150, values: status, filter: true, card: 'state' }),
      column('date', 'expectedOn', { filter: true }),
      column('quantity', 'lineCount', { width: 100 }),
      column('amount', 'net', { filter: true }),
      column('amount', 'gross', { sort: true, filter: true, look: 'medium', card: 'end' }),
    ],
    empty: {
      title: t('empty.purchaseOrders.title'),
      text: t('empty.purchaseOrders.text'),
      action: { label: t('action.newPurchaseOrder'), href: '/purchasing/orders/new', permission: 'purchasing:write' },
    },
  };
}

export function purchaseOrderListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.drafts'), query: 'f=status:in:DRAFT' },
    { name: t('view.onTheWay'), query: 'f=status:in:APPROVED,SENT,PARTIALLY_RECEIVED' },
    { name: t('view.received'), query: 'f=status:in:RECEIVED,CLOSED' },
  ];
}

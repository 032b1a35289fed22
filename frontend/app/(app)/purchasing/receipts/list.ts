import { GoodsReceiptsGroups, GoodsReceiptsList, GoodsReceiptsLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function receiptList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const status = valuesOf(t, 'GoodsReceiptStatus', { DRAFT: 'draft', POSTED: 'paid', CANCELLED: 'void' });
  return {
    connection: 'goodsReceipts',
    operation: GoodsReceiptsList,
    label: t('nav.receipts'),
    href: '/purchasing/receipts/{id}',
    search: ['number', 'deliveryNote', 'supplierName'],
    defaultSort: '-receivedOn',
    pinned: 1,
    live: GoodsReceiptsLive,
    groups: { operation: GoodsReceiptsGroups, columns: ['status', 'receivedOn', 'supplierName'], sums: [] },
    columns: [
      column('link', 'number', { width: 150, sort: true, filter: true, card: 'sub' }),
      column('date', 'receivedOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'supplierName', {
        sort: true,
        filter: true,
        countryPath: 'supplier.country',
        href: '/crm/partners/{supplier.id}',
        card: 'title',
      }),
      column('status', 'status', { values: status, filter: true, card: 'state' }),
      column('text', 'order', {
        label: 'purchaseOrder',
        path: 'order.number',
        href: '/purchasing/orders/{order.id}',
        width: 140,
      }),
      column('quantity', 'lineCount', { width: 100, card: 'end' }),
      column('text', 'deliveryNote', { width: 140, filter: true }),
      column('text', 'warehouse', { path: 'warehouse.name', width: 140, look: 'muted' }),
    ],
    empty: {
      title: t('empty.receipts.title'),
      text: t('empty.receipts.text'),
      action: { label: t('action.toPurchaseOrders'), href: '/purchasing/orders', permission: 'purchasing:read' },
    },
  };
}

export function receiptListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.drafts'), query: 'f=status:in:DRAFT' },
    { name: t('view.posted'), query: 'f=status:in:POSTED' },
  ];
}

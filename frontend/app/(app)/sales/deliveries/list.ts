import { DeliveriesGroups, DeliveriesList, DeliveriesLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function deliveryList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const status = valuesOf(t, 'DeliveryStatus', { DRAFT: 'draft', SHIPPED: 'paid', RETURNED: 'void' });
  return {
    connection: 'deliveries',
    operation: DeliveriesList,
    label: t('nav.deliveries'),
    href: '/sales/deliveries/{id}',
    search: ['number', 'reference', 'customerName'],
    defaultSort: '-deliverOn',
    pinned: 1,
    live: DeliveriesLive,
    groups: {
      operation: DeliveriesGroups,
      columns: ['status', 'deliverOn', 'customerName', 'country', 'invoiced'],
      sums: [],
    },
    columns: [
      column('link', 'number', { width: 140, sort: true, filter: true, card: 'sub' }),
      column('date', 'deliverOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'customerName', { sort: true, filter: true, countryPath: 'country', card: 'title' }),
      column('status', 'status', { values: status, filter: true, card: 'state' }),
      column('text', 'order', { path: 'order.number', href: '/sales/orders/{order.id}', width: 140 }),
      column('quantity', 'lineCount', { width: 100, card: 'end' }),
      column('yesNo', 'invoiced', { width: 110, filter: true }),
      column('text', 'reference', { label: 'customerReference', width: 140, filter: true, look: 'muted' }),
      column('country', 'country', { filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.deliveries.title'),
      text: t('empty.deliveries.text'),
      action: { label: t('action.toOrders'), href: '/sales/orders', permission: 'sales:read' },
    },
  };
}

export function deliveryListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.drafts'), query: 'f=status:in:DRAFT' },
    { name: t('view.shipped'), query: 'f=status:in:SHIPPED' },
    { name: t('view.toInvoice'), query: 'f=status:in:SHIPPED&f=invoiced:eq:false' },
  ];
}

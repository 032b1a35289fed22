import {
  CancelSalesOrder,
  ConfirmSalesOrder,
  SalesOrdersGroups,
  SalesOrdersList,
  SalesOrdersLive,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { bulkQuestion } from '#lists/bulk-question.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function salesOrderList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const status = valuesOf(t, 'SalesOrderStatus', {
    DRAFT: 'draft',
    CONFIRMED: 'open',
    CLOSED: 'paid',
    CANCELLED: 'void',
  });
  const fulfilment = valuesOf(t, 'FulfilmentStatus', { NONE: 'open', PARTIAL: 'part', COMPLETE: 'paid' });
  return {
    connection: 'salesOrders',
    operation: SalesOrdersList,
    label: t('nav.salesOrders'),
    href: '/sales/orders/{id}',
    search: ['number', 'reference', 'customerName'],
    defaultSort: '-orderedOn',
    pinned: 1,
    live: SalesOrdersLive,
    bulk: [
      {
        key: 'confirm',
        label: t('bulk.confirmOrders'),
        question: bulkQuestion(t, 'bulk.confirmOrders.question'),
        icon: 'check',
        operation: ConfirmSalesOrder,
        permission: 'sales:write',
        when: { path: 'status', in: ['DRAFT'], filter: { status: { eq: 'DRAFT' } } },
      },
      {
        key: 'cancel',
        label: t('bulk.cancelOrders'),
        question: bulkQuestion(t, 'bulk.cancelOrders.question'),
        icon: 'undo',
        operation: CancelSalesOrder,
        permission: 'sales:write',
        reason: 'reason',
        danger: true,
        when: { path: 'status', in: ['DRAFT', 'CONFIRMED'], filter: { status: { in: ['DRAFT', 'CONFIRMED'] } } },
      },
    ],
    groups: {
      operation: SalesOrdersGroups,
      columns: ['status', 'orderedOn', 'customerName', 'country', 'deliveryStatus', 'invoiceStatus'],
      sums: ['net', 'gross'],
    },
    columns: [
      column('link', 'number', { width: 140, sort: true, filter: true, card: 'sub' }),
      column('date', 'orderedOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'customerName', { sort: true, filter: true, countryPath: 'country', card: 'title' }),
      column('status', 'status', { values: status, filter: true, card: 'state' }),
      column('status', 'deliveryStatus', { values: fulfilment, filter: true, width: 116 }),
      column('status', 'invoiceStatus', { values: fulfilment, filter: true, width: 116 }),
      column('amount', 'net', { filter: true }),
      column('amount', 'gross', { sort: true, filter: true, look: 'medium', card: 'end' }),
      column('date', 'requestedOn', { filter: true }),
      column('text', 'reference', { label: 'customerReference', width: 130, filter: true, look: 'muted' }),
      column('country', 'country', { filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.salesOrders.title'),
      text: t('empty.salesOrders.text'),
      action: { label: t('action.newSalesOrder'), href: '/sales/orders/new', permission: 'sales:write' },
    },
  };
}

export function salesOrderListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.drafts'), query: 'f=status:in:DRAFT' },
    { name: t('view.confirmed'), query: 'f=status:in:CONFIRMED' },
    { name: t('view.toDeliver'), query: 'f=status:in:CONFIRMED&f=deliveryStatus:in:NONE,PARTIAL' },
    { name: t('view.toInvoice'), query: 'f=status:in:CONFIRMED&f=invoiceStatus:in:NONE,PARTIAL' },
    { name: t('view.closed'), query: 'f=status:in:CLOSED' },
  ];
}

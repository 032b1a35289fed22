import { SupplierInvoicesGroups, SupplierInvoicesList, SupplierInvoicesLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';
import { billTones } from './[id]/state.ts';

export function supplierInvoiceList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'SupplierInvoiceKind', { INVOICE: null, CREDIT_NOTE: 'credit' });
  const status = valuesOf(t, 'SupplierInvoiceStatus', billTones);
  return {
    connection: 'supplierInvoices',
    operation: SupplierInvoicesList,
    label: t('nav.supplierInvoices'),
    href: '/purchasing/invoices/{id}',
    search: ['number', 'supplierNumber', 'supplierName'],
    defaultSort: '-issuedOn',
    pinned: 1,
    live: SupplierInvoicesLive,
    groups: {
      operation: SupplierInvoicesGroups,
      columns: ['status', 'kind', 'issuedOn', 'supplierName', 'dueOn'],
      sums: ['net', 'gross', 'openAmount'],
    },
    columns: [
      column('link', 'number', { width: 140, sort: true, filter: true, card: 'sub' }),
      column('code', 'supplierNumber', { width: 140, filter: true, look: 'muted' }),
      column('date', 'issuedOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'supplierName', {
        sort: true,
        filter: true,
        countryPath: 'supplier.country',
        href: '/crm/partners/{supplier.id}',
        card: 'title',
      }),
      column('status', 'status', { values: status, filter: true, card: 'state' }),
      column('date', 'dueOn', { sort: true, filter: true }),
      column('amount', 'gross', {
        path: 'signedGross.amount',
        width: 112,
        sort: 'SIGNED_GROSS',
        filter: 'signedGross',
        look: 'medium',
        card: 'end',
      }),
      column('amount', 'openAmount', {
        path: 'signedOpenAmount.amount',
        width: 112,
        sort: 'SIGNED_OPEN_AMOUNT',
        filter: 'signedOpenAmount',
      }),
      column('amount', 'net', { path: 'signedNet.amount', filter: 'signedNet' }),
      column('amount', 'tax', { path: 'signedTax.amount', look: 'muted' }),
      column('text', 'kind', { width: 150, values: kind, filter: true, filterType: 'enum', spare: true }),
    ],
    empty: {
      title: t('empty.supplierInvoices.title'),
      text: t('empty.supplierInvoices.text'),
      action: {
        label: t('action.newSupplierInvoice'),
        href: '/purchasing/invoices/new',
        permission: 'purchasing:write',
      },
    },
  };
}

export function supplierInvoiceListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.toCheck'), query: 'f=status:in:RECEIVED' },
    { name: t('view.toPost'), query: 'f=status:in:CHECKED' },
    { name: t('view.toPay'), query: 'f=status:in:POSTED' },
    { name: t('view.overdue'), query: 'f=status:in:POSTED&f=kind:in:INVOICE&f=dueOn:within:past&sort=dueOn' },
    { name: t('view.paid'), query: 'f=status:in:PAID' },
    { name: t('view.creditNotes'), query: 'f=kind:in:CREDIT_NOTE' },
  ];
}

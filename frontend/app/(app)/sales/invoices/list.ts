import {
  CancelSalesInvoice,
  DeleteSalesInvoice,
  PostSalesInvoice,
  SalesInvoicesGroups,
  SalesInvoicesList,
  SalesInvoicesLive,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { bulkQuestion } from '#lists/bulk-question.ts';
import { columnsIn, pick, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView, ValueRule } from '#ui/DataTable/definition.ts';

/** What a reader wants to know of a document first: is it still a draft, cancelled, a credit note, paid, late, or paid in part. */
export const stateRules: readonly ValueRule[] = [
  { path: 'status', is: 'DRAFT', value: 'DRAFT' },
  { path: 'status', is: 'CANCELLED', value: 'CANCELLED' },
  { path: 'kind', is: 'CREDIT_NOTE', value: 'CREDIT_NOTE' },
  { path: 'paymentStatus', is: 'PAID', value: 'PAID' },
  { path: 'dueOn', past: true, value: 'OVERDUE' },
  { path: 'paymentStatus', is: 'PARTIAL', value: 'PARTIAL' },
];

export function invoiceList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'SalesInvoiceKind', { INVOICE: null, CREDIT_NOTE: 'credit' });
  const status = valuesOf(t, 'SalesInvoiceStatus', { DRAFT: 'draft', POSTED: 'paid', CANCELLED: 'void' });
  const payment = valuesOf(t, 'PaymentStatus', { OPEN: 'open', PARTIAL: 'part', PAID: 'paid', OVERDUE: 'over' });
  return {
    connection: 'salesInvoices',
    operation: SalesInvoicesList,
    label: t('nav.invoices'),
    href: '/sales/invoices/{id}',
    search: ['number', 'externalNumber', 'customerName'],
    defaultSort: '-issuedOn',
    pinned: 1,
    live: SalesInvoicesLive,
    bulk: [
      {
        key: 'post',
        label: t('bulk.post'),
        question: bulkQuestion(t, 'bulk.post.question'),
        icon: 'check',
        operation: PostSalesInvoice,
        permission: 'sales:post',
        consequence: t('bulk.post.text'),
        when: { path: 'status', in: ['DRAFT'], filter: { status: { eq: 'DRAFT' } } },
      },
      {
        key: 'cancel',
        label: t('bulk.cancelInvoices'),
        question: bulkQuestion(t, 'bulk.cancelInvoices.question'),
        icon: 'undo',
        operation: CancelSalesInvoice,
        permission: 'sales:post',
        consequence: t('bulk.cancelInvoices.text'),
        reason: 'reason',
        danger: true,
        when: { path: 'status', in: ['POSTED'], filter: { status: { eq: 'POSTED' }, kind: { eq: 'INVOICE' } } },
      },
      {
        key: 'delete',
        label: t('bulk.deleteDrafts'),
        question: bulkQuestion(t, 'bulk.deleteDrafts.question'),
        icon: 'trash',
        operation: DeleteSalesInvoice,
        permission: 'sales:write',
        consequence: t('bulk.deleteDrafts.text'),
        danger: true,
        when: { path: 'status', in: ['DRAFT'], filter: { status: { eq: 'DRAFT' } } },
      },
    ],
    groups: {
      operation: SalesInvoicesGroups,
      columns: ['issuedOn', 'customerName', 'country', 'paymentStatus', 'status', 'kind', 'dueOn'],
      sums: ['net', 'tax', 'gross', 'openAmount'],
    },
    columns: [
      column('link', 'number', {
        label: 'number',
        empty: t('invoice.state.draft'),
        width: 156,
        sort: true,
        filter: true,
        card: 'sub',
      }),
      column('code', 'externalNumber', { width: 84, filter: true, look: 'muted' }),
      column('date', 'issuedOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'customerName', { sort: true, filter: true, countryPath: 'country', card: 'title' }),
      column('status', 'paymentStatus', {
        width: 124,
        values: {
          ...payment,
          ...pick(status, 'DRAFT', 'CANCELLED'),
          ...pick(kind, 'CREDIT_NOTE'),
        },
        rules: stateRules,
        choices: ['OPEN', 'PARTIAL', 'PAID'],
        filter: true,
        card: 'state',
      }),
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
      column('amount', 'net', { path: 'signedNet.amount', width: 108, filter: 'signedNet' }),
      column('amount', 'tax', { path: 'signedTax.amount', width: 100, filter: 'signedTax', look: 'muted' }),
      column('text', 'kind', { width: 120, values: kind, filter: true, filterType: 'enum', spare: true }),
      column('status', 'status', { values: status, filter: true, spare: true }),
      column('country', 'country', { filter: true, spare: true }),
      column('date', 'suppliedOn', { filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.invoices.title'),
      text: t('empty.invoices.text'),
      action: { label: t('action.newInvoice'), href: '/sales/invoices/new', permission: 'sales:write' },
    },
  };
}

export function invoiceListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.allDocuments'), query: '' },
    { name: t('view.open'), query: 'f=status:in:POSTED&f=paymentStatus:in:OPEN,PARTIAL&f=kind:in:INVOICE' },
    {
      name: t('view.overdue'),
      query: 'f=status:in:POSTED&f=paymentStatus:in:OPEN,PARTIAL&f=kind:in:INVOICE&f=dueOn:within:past&sort=dueOn',
    },
    { name: t('view.creditNotes'), query: 'f=kind:in:CREDIT_NOTE' },
    { name: t('view.drafts'), query: 'f=status:in:DRAFT' },
    { name: t('view.cancelled'), query: 'f=status:in:CANCELLED' },
  ];
}

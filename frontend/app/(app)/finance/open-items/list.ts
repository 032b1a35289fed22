import { OpenItemsGroups, OpenItemsList, OpenItemsLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, lateLook, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function openItemList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'OpenItemKind', { RECEIVABLE: null, PAYABLE: null });
  const status = valuesOf(t, 'OpenItemStatus', { OPEN: 'open', PARTIAL: 'part', CLEARED: 'paid' });
  return {
    connection: 'openItems',
    operation: OpenItemsList,
    label: t('nav.openItems'),
    href: null,
    search: ['partnerName', 'reference'],
    defaultSort: 'dueOn',
    pinned: 1,
    live: OpenItemsLive,
    groups: {
      operation: OpenItemsGroups,
      columns: ['status', 'kind', 'partnerName', 'dueOn'],
      sums: ['amount', 'openAmount'],
      label: t('openItems.balance'),
    },
    columns: [
      column('text', 'reference', { width: 150, sort: true, filter: true, look: 'medium', card: 'sub' }),
      column('text', 'partnerName', { sort: true, filter: true, href: '/crm/partners/{partner.id}', card: 'title' }),
      column('text', 'kind', { width: 116, values: kind, filter: true, filterType: 'enum' }),
      column('date', 'postedOn', { filter: true, spare: true }),
      column('status', 'status', {
        values: { ...status, ...lateLook(t) },
        rules: [
          { path: 'status', is: 'CLEARED', value: 'CLEARED' },
          { path: 'dueOn', past: true, value: 'OVERDUE' },
        ],
        choices: Object.keys(status),
        filter: true,
        card: 'state',
      }),
      column('date', 'dueOn', { sort: true, filter: true, card: 'note' }),
      column('quantity', 'daysOverdue', { width: 110 }),
      column('amount', 'amount', { filter: true }),
      column('amount', 'openAmount', { sort: true, filter: true, look: 'medium', card: 'end' }),
      column('code', 'account', { width: 96 }),
      column('code', 'journalEntry', {
        path: 'journalEntry.number',
        width: 120,
        look: 'muted',
        href: '/finance/journal/{journalEntry.id}',
      }),
    ],
    empty: { title: t('empty.openItems.title'), text: t('empty.openItems.text') },
  };
}

export function openItemListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.open'), query: 'f=status:in:OPEN,PARTIAL' },
    { name: t('view.receivables'), query: 'f=kind:in:RECEIVABLE&f=status:in:OPEN,PARTIAL' },
    { name: t('view.payables'), query: 'f=kind:in:PAYABLE&f=status:in:OPEN,PARTIAL' },
    { name: t('view.overdue'), query: 'f=status:in:OPEN,PARTIAL&f=dueOn:within:past&sort=dueOn' },
    { name: t('view.all'), query: '' },
  ];
}

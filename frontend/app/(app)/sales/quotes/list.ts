import { QuotesGroups, QuotesList, QuotesLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function quoteList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const status = valuesOf(t, 'QuoteStatus', {
    DRAFT: 'draft',
    SENT: 'open',
    ACCEPTED: 'part',
    REJECTED: 'void',
    EXPIRED: 'over',
    CONVERTED: 'paid',
  });
  return {
    connection: 'quotes',
    operation: QuotesList,
    label: t('nav.quotes'),
    href: '/sales/quotes/{id}',
    search: ['number', 'reference', 'customerName'],
    defaultSort: '-quotedOn',
    pinned: 1,
    live: QuotesLive,
    groups: {
      operation: QuotesGroups,
      columns: ['status', 'quotedOn', 'customerName', 'country', 'validUntil'],
      sums: ['net', 'gross'],
    },
    columns: [
      column('link', 'number', { width: 140, sort: true, filter: true, card: 'sub' }),
      column('date', 'quotedOn', { sort: true, filter: true, card: 'note' }),
      column('text', 'customerName', { sort: true, filter: true, countryPath: 'country', card: 'title' }),
      column('status', 'status', { values: status, filter: true, card: 'state' }),
      column('date', 'validUntil', { sort: true, filter: true }),
      column('text', 'reference', { label: 'customerReference', width: 130, filter: true, look: 'muted' }),
      column('amount', 'net', { filter: true }),
      column('amount', 'gross', { sort: true, filter: true, look: 'medium', card: 'end' }),
      column('country', 'country', { filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.quotes.title'),
      text: t('empty.quotes.text'),
      action: { label: t('action.newQuote'), href: '/sales/quotes/new', permission: 'sales:write' },
    },
  };
}

export function quoteListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.drafts'), query: 'f=status:in:DRAFT' },
    { name: t('view.sent'), query: 'f=status:in:SENT' },
    { name: t('view.accepted'), query: 'f=status:in:ACCEPTED,CONVERTED' },
    { name: t('view.rejected'), query: 'f=status:in:REJECTED,EXPIRED' },
  ];
}

import { JournalEntriesGroups, JournalEntriesList, JournalEntriesLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function journalList(t: Translate): ListDefinition {
  const column = columnsIn(t);

  return {
    connection: 'journalEntries',
    operation: JournalEntriesList,
    label: t('nav.journal'),
    href: '/finance/journal/{id}',
    search: ['text', 'reference', 'number'],
    defaultSort: '-postedOn',
    pinned: 1,
    live: JournalEntriesLive,
    groups: { operation: JournalEntriesGroups, columns: ['postedOn'], sums: ['total'] },
    columns: [
      column('link', 'number', { width: 124, sort: true, filter: true, card: 'sub' }),
      column('date', 'postedOn', { width: 132, sort: true, filter: true, card: 'note' }),
      column('code', 'reference', { width: 150, sort: true, filter: true, card: 'state' }),
      column('text', 'text', { label: 'entryText', filter: true, card: 'title' }),
      column('amount', 'total', { width: 130, sort: true, filter: true, look: 'medium', card: 'end' }),
      column('dateTime', 'recordedAt', { filter: true, look: 'muted' }),
      column('text', 'account', { label: 'account', path: 'account', width: 120, filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.journal.title'),
      text: t('empty.journal.text'),
      action: { label: t('action.newEntry'), href: '/finance/journal/new', permission: 'finance:post' },
    },
  };
}

export function journalListViews(t: Translate): readonly SavedView[] {
  return [{ name: t('view.all'), query: '' }];
}

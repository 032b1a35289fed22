import { BankTransactionsGroups, BankTransactionsList, BankTransactionsLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function bankList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const status = valuesOf(t, 'BankTransactionStatus', { OPEN: 'open', MATCHED: 'paid' });
  return {
    connection: 'bankTransactions',
    operation: BankTransactionsList,
    label: t('nav.bank'),
    href: '/finance/bank/{id}',
    search: ['counterpartName', 'purpose'],
    defaultSort: '-bookedOn',
    pinned: 0,
    live: BankTransactionsLive,
    groups: {
      operation: BankTransactionsGroups,
      columns: ['status', 'bookedOn', 'bankAccount', 'counterpartName'],
      sums: ['amount'],
    },
    columns: [
      column('date', 'bookedOn', { sort: true, filter: true, card: 'sub' }),
      column('link', 'counterpartName', { width: 220, sort: true, filter: true, card: 'title' }),
      column('text', 'purpose', { filter: true, card: 'note' }),
      column('status', 'status', { label: 'matchStatus', values: status, filter: true, card: 'state' }),
      column('amount', 'amount', { width: 130, sort: true, filter: true, look: 'medium', card: 'end' }),
      column('code', 'bankAccount', { width: 210, filter: true }),
      column('text', 'partner', { path: 'partner.name', href: '/crm/partners/{partner.id}', width: 180 }),
      column('code', 'journalEntry', {
        path: 'journalEntry.number',
        href: '/finance/journal/{journalEntry.id}',
        width: 120,
        look: 'muted',
      }),
      column('code', 'counterpartIban', { width: 220, filter: true, spare: true }),
      column('date', 'valueOn', { spare: true }),
      column('text', 'note', { width: 200, spare: true }),
    ],
    empty: {
      title: t('empty.bank.title'),
      text: t('empty.bank.text'),
      action: { label: t('action.importStatement'), href: '/finance/bank/import', permission: 'finance:write' },
    },
  };
}

export function bankListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.open'), query: 'f=status:in:OPEN' },
    { name: t('view.matched'), query: 'f=status:in:MATCHED' },
  ];
}

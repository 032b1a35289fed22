import { StockMovementsGroups, StockMovementsList, StockMovementsLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function stockMovementList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'StockMovementKind', {
    OPENING: null,
    RECEIPT: null,
    ISSUE: null,
    RETURN: null,
    ADJUSTMENT: null,
    TRANSFER: null,
  });
  return {
    connection: 'stockMovements',
    operation: StockMovementsList,
    label: t('nav.stockMovements'),
    href: null,
    search: ['reason'],
    defaultSort: '-movedOn',
    pinned: 0,
    live: StockMovementsLive,
    groups: { operation: StockMovementsGroups, columns: ['movedOn', 'kind', 'reason', 'derived'], sums: ['quantity'] },
    columns: [
      column('date', 'movedOn', { sort: true, filter: true, card: 'note' }),
      column('code', 'sku', { label: 'article', path: 'article.sku', width: 110, card: 'sub' }),
      column('text', 'articleName', { path: 'article.name', href: '/inventory/articles/{article.id}', card: 'title' }),
      column('text', 'kind', { width: 130, values: kind, filter: true, filterType: 'enum', card: 'state' }),
      column('quantity', 'quantity', { width: 110, filter: true, look: 'medium', card: 'end' }),
      column('text', 'warehouse', { path: 'warehouse.name', width: 150 }),
      column('text', 'reason', { width: 200, filter: true, look: 'muted' }),
      column('yesNo', 'derived', { width: 110, filter: true }),
      column('dateTime', 'recordedAt', { look: 'muted' }),
    ],
    empty: {
      title: t('empty.stockMovements.title'),
      text: t('empty.stockMovements.text'),
      action: { label: t('action.adjustStock'), href: '/inventory/stock-movements/new', permission: 'inventory:write' },
    },
  };
}

export function stockMovementListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.incoming'), query: 'f=kind:in:OPENING,RECEIPT,RETURN' },
    { name: t('view.outgoing'), query: 'f=kind:in:ISSUE' },
    { name: t('view.corrections'), query: 'f=kind:in:ADJUSTMENT' },
  ];
}

import { EditWarehouse, WarehouseEntry, WarehousesList, WarehousesLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

/** A warehouse has no page but its form, so it opens only for those who may change it. */
export function warehouseList(t: Translate, mayEdit: boolean): ListDefinition {
  const column = columnsIn(t);
  return {
    connection: 'warehouses',
    operation: WarehousesList,
    label: t('nav.warehouses'),
    href: mayEdit ? '/inventory/warehouses/{id}/edit' : null,
    search: ['code', 'name'],
    defaultSort: 'name',
    pinned: 1,
    live: WarehousesLive,
    edit: { operation: EditWarehouse, field: 'warehouse', read: WarehouseEntry, permission: 'inventory:write' },
    columns: [
      column(mayEdit ? 'link' : 'code', 'code', { width: 140, sort: true, filter: true, card: 'sub' }),
      column('text', 'name', { edit: true, required: true, sort: true, filter: true, look: 'medium', card: 'title' }),
      column('quantity', 'articlesInStock', { path: 'articles', width: 160, card: 'end' }),
      column('yesNo', 'standardWarehouse', { path: 'standard', width: 130, filter: 'standard' }),
      column('yesNo', 'active', { edit: true, filter: true }),
    ],
    empty: {
      title: t('empty.warehouses.title'),
      text: t('empty.warehouses.text'),
      action: { label: t('action.newWarehouse'), href: '/inventory/warehouses/new', permission: 'inventory:write' },
    },
  };
}

export function warehouseListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.inUse'), query: 'f=active:eq:true' },
    { name: t('view.outOfUse'), query: 'f=active:eq:false' },
  ];
}

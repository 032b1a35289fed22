import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { warehouseList, warehouseListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.warehouses');

export default async function WarehousesPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ t }, { permissions }] = await Promise.all([language(), viewer()]);
  return (
    <ListPage
      definition={warehouseList(t, permissions.includes('inventory:write'))}
      crumbs={[{ label: t('nav.inventory') }, { label: t('nav.warehouses') }]}
      views={warehouseListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="inventory:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/inventory/warehouses/new">
            {t('action.newWarehouse')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

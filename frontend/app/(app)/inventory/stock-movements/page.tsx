import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { stockMovementList, stockMovementListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.stockMovements');

export default async function StockMovementsPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={stockMovementList(t)}
      crumbs={[{ label: t('nav.inventory') }, { label: t('nav.stockMovements') }]}
      views={stockMovementListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="inventory:write">
          <ButtonLink
            kind="primary"
            icon="plus"
            shortcut="N"
            className="only-desk"
            href="/inventory/stock-movements/new"
          >
            {t('action.adjustStock')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

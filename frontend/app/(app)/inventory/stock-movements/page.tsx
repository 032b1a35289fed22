import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

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
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { salesOrderList, salesOrderListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.salesOrders');

export default async function SalesOrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={salesOrderList(t)}
      crumbs={[{ label: t('nav.sales') }, { label: t('nav.salesOrders') }]}
      views={salesOrderListViews(t)}
      searchParams={searchParams}
    />
  );
}

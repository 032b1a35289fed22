import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { purchaseOrderList, purchaseOrderListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.purchaseOrders');

export default async function PurchaseOrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={purchaseOrderList(t)}
      crumbs={[{ label: t('nav.purchasing') }, { label: t('nav.purchaseOrders') }]}
      views={purchaseOrderListViews(t)}
      searchParams={searchParams}
    />
  );
}

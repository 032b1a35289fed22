import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { deliveryList, deliveryListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.deliveries');

export default async function DeliveriesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={deliveryList(t)}
      crumbs={[{ label: t('nav.sales') }, { label: t('nav.deliveries') }]}
      views={deliveryListViews(t)}
      searchParams={searchParams}
    />
  );
}

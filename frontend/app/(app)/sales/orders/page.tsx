import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
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
      actions={
        <Allowed permission="sales:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/sales/orders/new">
            {t('action.newSalesOrder')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

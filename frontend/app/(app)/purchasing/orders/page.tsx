import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
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
      actions={
        <Allowed permission="purchasing:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/purchasing/orders/new">
            {t('action.newPurchaseOrder')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { invoiceList, invoiceListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.invoices');

export default async function SalesInvoicesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={invoiceList(t)}
      crumbs={[{ label: t('nav.sales') }, { label: t('nav.invoices') }]}
      views={invoiceListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="sales:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/sales/invoices/new">
            {t('action.newInvoice')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

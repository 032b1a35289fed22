import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { supplierInvoiceList, supplierInvoiceListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.supplierInvoices');

export default async function SupplierInvoicesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={supplierInvoiceList(t)}
      crumbs={[{ label: t('nav.purchasing') }, { label: t('nav.supplierInvoices') }]}
      views={supplierInvoiceListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="purchasing:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/purchasing/invoices/new">
            {t('action.newSupplierInvoice')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

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
    />
  );
}

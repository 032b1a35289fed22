import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { receiptList, receiptListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.receipts');

export default async function GoodsReceiptsPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={receiptList(t)}
      crumbs={[{ label: t('nav.purchasing') }, { label: t('nav.receipts') }]}
      views={receiptListViews(t)}
      searchParams={searchParams}
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { openItemList, openItemListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.openItems');

export default async function OpenItemsPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={openItemList(t)}
      crumbs={[{ label: t('nav.finance') }, { label: t('nav.openItems') }]}
      views={openItemListViews(t)}
      searchParams={searchParams}
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { quoteList, quoteListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.quotes');

export default async function QuotesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={quoteList(t)}
      crumbs={[{ label: t('nav.sales') }, { label: t('nav.quotes') }]}
      views={quoteListViews(t)}
      searchParams={searchParams}
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { journalList, journalListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.journal');

export default async function JournalEntriesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={journalList(t)}
      crumbs={[{ label: t('nav.finance') }, { label: t('nav.journal') }]}
      views={journalListViews(t)}
      searchParams={searchParams}
    />
  );
}

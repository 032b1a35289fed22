import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { opportunityList, opportunityListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.opportunities');

export default async function OpportunitiesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={opportunityList(t)}
      crumbs={[{ label: t('nav.crm') }, { label: t('nav.opportunities') }]}
      views={opportunityListViews(t)}
      searchParams={searchParams}
    />
  );
}

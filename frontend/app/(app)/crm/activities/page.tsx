import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { activityList, activityListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.activities');

export default async function ActivitiesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={activityList(t)}
      crumbs={[{ label: t('nav.crm') }, { label: t('nav.activities') }]}
      views={activityListViews(t)}
      searchParams={searchParams}
    />
  );
}

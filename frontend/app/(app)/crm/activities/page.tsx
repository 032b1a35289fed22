import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
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
      actions={
        <Allowed permission="crm:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/crm/activities/new">
            {t('action.newActivity')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

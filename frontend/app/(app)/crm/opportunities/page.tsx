import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
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
      actions={
        <Allowed permission="crm:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/crm/opportunities/new">
            {t('action.newOpportunity')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

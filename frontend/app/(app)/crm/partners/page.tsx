import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { partnerList, partnerListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.partners');

export default async function BusinessPartnersPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={partnerList(t)}
      crumbs={[{ label: t('nav.crm') }, { label: t('nav.partners') }]}
      views={partnerListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="crm:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/crm/partners/new">
            {t('action.newPartner')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

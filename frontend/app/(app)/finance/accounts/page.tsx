import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { accountList, accountListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.accounts');

export default async function LedgerAccountsPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={accountList(t)}
      crumbs={[{ label: t('nav.finance') }, { label: t('nav.accounts') }]}
      views={accountListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="finance:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/finance/accounts/new">
            {t('action.newAccount')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { bankList, bankListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.bank');

export default async function BankTransactionsPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={bankList(t)}
      crumbs={[{ label: t('nav.finance') }, { label: t('nav.bank') }]}
      views={bankListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="finance:write">
          <ButtonLink icon="plus" shortcut="U" className="only-desk" href="/finance/bank/new">
            {t('action.newBankTransaction')}
          </ButtonLink>
          <ButtonLink kind="primary" icon="download" shortcut="N" href="/finance/bank/import">
            {t('action.importStatement')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

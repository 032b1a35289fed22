import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
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
      actions={
        <Allowed permission="sales:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/sales/quotes/new">
            {t('action.newQuote')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

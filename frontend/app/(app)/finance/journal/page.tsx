import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
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
      actions={
        <Allowed permission="finance:post">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/finance/journal/new">
            {t('action.newEntry')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { articleList, articleListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.articles');

export default async function ArticlesPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={articleList(t)}
      crumbs={[{ label: t('nav.inventory') }, { label: t('nav.articles') }]}
      views={articleListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="inventory:write">
          <ButtonLink kind="primary" icon="plus" shortcut="N" className="only-desk" href="/inventory/articles/new">
            {t('action.newArticle')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';

import { taskList, taskListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.tasks');

export default async function TasksPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={taskList(t)}
      crumbs={[{ label: t('nav.tasks') }]}
      views={taskListViews(t)}
      searchParams={searchParams}
      actions={
        <Allowed permission="platform:write">
          <ButtonLink kind="primary" icon="upload" href="/tasks/import" shortcut="N" className="only-desk">
            {t('action.import')}
          </ButtonLink>
        </Allowed>
      }
    />
  );
}

import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { notificationList, notificationListViews } from './list.ts';

export const generateMetadata = pageTitle('nav.notifications');

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const { t } = await language();
  return (
    <ListPage
      definition={notificationList(t)}
      crumbs={[{ label: t('nav.notifications') }]}
      views={notificationListViews(t)}
      searchParams={searchParams}
    />
  );
}

import { UnreadNotifications } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { pageTitle } from '#shell/title.ts';

import { notificationList, notificationListViews } from './list.ts';
import { MarkSeen } from './MarkSeen.tsx';

export const generateMetadata = pageTitle('nav.notifications');

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ t }, unread] = await Promise.all([language(), ask(UnreadNotifications, {}).catch(() => null)]);
  const ids = unread?.notifications?.edges.map((edge) => edge.node.id) ?? [];
  return (
    <ListPage
      definition={notificationList(t)}
      crumbs={[{ label: t('nav.notifications') }]}
      views={notificationListViews(t)}
      searchParams={searchParams}
      actions={<MarkSeen ids={ids} />}
    />
  );
}

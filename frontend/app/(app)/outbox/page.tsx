import { OwnDrafts } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Outbox } from '#offline/Outbox.tsx';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';

export const generateMetadata = pageTitle('outbox.title');

/** What was typed and is not with everybody yet: changes that wait for the server, and drafts. */
export default async function OutboxPage() {
  const [{ t }, { drafts }] = await Promise.all([language(), ask(OwnDrafts, {})]);
  return (
    <Page crumbs={[{ label: t('outbox.title') }]}>
      <PageHead title={t('outbox.title')} />
      <Outbox drafts={drafts} />
    </Page>
  );
}

import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { DocHead } from '#ui/Doc.tsx';
import { ImportForm } from './ImportForm.tsx';

export const generateMetadata = pageTitle('action.import');

export default async function ImportPage() {
  const { t } = await language();
  return (
    <Page
      crumbs={[{ label: t('nav.tasks'), href: '/tasks' }, { label: t('action.import') }]}
      permission="platform:write"
    >
      <DocHead title={t('action.import')} meta={t('task.importText')} />
      <div className="form-page">
        <ImportForm />
      </div>
    </Page>
  );
}

import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { DocHead } from '#ui/Doc.tsx';
import { StatementForm } from './StatementForm.tsx';

export const generateMetadata = pageTitle('action.importStatement');

export default async function ImportStatementPage() {
  const { t } = await language();
  return (
    <Page
      permission="finance:write"
      crumbs={[
        { label: t('nav.finance') },
        { label: t('nav.bank'), href: '/finance/bank' },
        { label: t('action.importStatement') },
      ]}
    >
      <DocHead title={t('action.importStatement')} meta={t('bank.importText')} />
      <div className="form-page">
        <StatementForm />
      </div>
    </Page>
  );
}

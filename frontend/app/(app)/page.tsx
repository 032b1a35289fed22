import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';

export default async function DashboardPage() {
  const { t } = await language();
  return (
    <Page canvas crumbs={[{ label: t('nav.dashboard') }]}>
      <h1>{t('nav.dashboard')}</h1>
    </Page>
  );
}

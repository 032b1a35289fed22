import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';

export default async function NotFound() {
  const { t } = await language();
  return (
    <Page crumbs={[{ label: t('error.notFoundTitle') }]}>
      <title>{`${t('error.notFoundTitle')} · VALEO NeuroERP`}</title>
      <EmptyState title={t('error.notFoundTitle')} actions={<ButtonLink href="/">{t('error.home')}</ButtonLink>}>
        {t('error.notFoundText')}
      </EmptyState>
    </Page>
  );
}

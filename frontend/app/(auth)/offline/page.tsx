import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { Notice } from '#ui/States.tsx';

export const generateMetadata = pageTitle('offline.title');

/** Shown for pages that were never visited while there was a connection. */
export default async function OfflinePage() {
  const { t } = await language();
  return (
    <div className="signin-box">
      <header>
        <h1>{t('offline.title')}</h1>
      </header>
      <Notice tone="info" title={t('offline.lead')}>
        {t('offline.text')}
      </Notice>
      <a className="btn btn--primary" href="/">
        {t('error.home')}
      </a>
    </div>
  );
}

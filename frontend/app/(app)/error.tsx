'use client';

import { useEffect } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { noteFault } from '#shell/report-errors.ts';
import { Button } from '#ui/Button.tsx';
import { ErrorState } from '#ui/States.tsx';

/** A page that failed keeps its frame: navigation works on, and the page can be tried again in place. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { t } = useLanguage();
  useEffect(() => noteFault(error), [error]);
  return (
    <main id="main" className="page">
      <ErrorState
        title={t('ui.error.title')}
        requestId={error.digest}
        actions={<Button onClick={reset}>{t('ui.retry')}</Button>}
      >
        {t('ui.error.text')}
      </ErrorState>
    </main>
  );
}

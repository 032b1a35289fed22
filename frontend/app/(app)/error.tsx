'use client';

import { useEffect } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { noteFault } from '#shell/note-fault.ts';
import { ErrorState } from '#ui/ErrorState.tsx';

/** A page that failed keeps its frame: navigation works on, and the page can be tried again in place. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { t } = useLanguage();
  useEffect(() => noteFault(error), [error]);
  return (
    <main id="main" className="page">
      <ErrorState
        title={t('ui.error.title')}
        requestId={error.digest}
        actions={
          // Plain, since every page is sent this one as well.
          <button type="button" className="btn" onClick={reset}>
            {t('ui.retry')}
          </button>
        }
      >
        {t('ui.error.text')}
      </ErrorState>
    </main>
  );
}

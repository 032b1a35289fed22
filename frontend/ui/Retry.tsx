'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from './Button.tsx';

/** Asks for the page's data again without leaving it. */
export function Retry() {
  const { t } = useLanguage();
  const router = useRouter();
  const [busy, start] = useTransition();
  return (
    <Button size="sm" icon="retry" busy={busy} onClick={() => start(() => router.refresh())}>
      {t('ui.retry')}
    </Button>
  );
}

'use client';

import { Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';
import type { Returning } from './ReturnDialog.tsx';

const ReturnDialog = late(() => import('./ReturnDialog.tsx'));

/** Asks what of a delivery came back, and why. */
export function ReturnButton(props: Returning) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" icon="undo" onClick={() => setAsking(true)}>
        {t('ui.return.action')}
      </Button>
      <Suspense>{asking && <ReturnDialog {...props} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}

'use client';

import { Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';

const ReverseDialog = late(() => import('./ReverseDialog.tsx'));

/** Offers to take an entry back by the one that mirrors it. */
export function ReverseEntry(entry: { id: string; number: string; amount: string }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon="undo" onClick={() => setAsking(true)}>
        {t('ui.journal.reverse')}
      </Button>
      <Suspense>{asking && <ReverseDialog {...entry} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}

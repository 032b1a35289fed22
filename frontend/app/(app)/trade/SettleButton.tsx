'use client';

import { Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';
import type { Settling } from './SettleDialog.tsx';

const SettleDialog = late(() => import('./SettleDialog.tsx'));

/** Offers to settle a document by what stands on the other side of its partner's account. */
export function SettleButton(props: Settling) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" icon="moves" onClick={() => setAsking(true)}>
        {t('ui.settle.action')}
      </Button>
      <Suspense>{asking && <SettleDialog {...props} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}

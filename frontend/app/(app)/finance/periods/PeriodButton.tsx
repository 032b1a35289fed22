'use client';

import { Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';

const PeriodDialog = late(() => import('./PeriodDialog.tsx'));

export interface Period {
  readonly fiscalYear: number;
  readonly month: number;
  readonly state: 'OPEN' | 'SOFT_CLOSED' | 'LOCKED';
  /** The month in words. */
  readonly name: string;
  /** The calendar month, such as `2026-07`. */
  readonly calendar: string;
  /** Whose documents may be looked at for what is not posted yet. */
  readonly may: { readonly sell: boolean; readonly buy: boolean };
}

/** Leads to the choice of what a month still takes. */
export function PeriodButton(period: Period) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} aria-label={t('ui.period.changeOf', { month: period.name })}>
        {t('ui.period.change')}
      </Button>
      <Suspense>{asking && <PeriodDialog {...period} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}

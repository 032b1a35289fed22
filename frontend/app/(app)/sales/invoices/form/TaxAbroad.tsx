'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Notice } from '#ui/States.tsx';
import { placeOf } from './tax-abroad.ts';

/** Asks whether German VAT is meant where the customer is abroad, and names the codes that usually are (rule 11). */
export default function TaxAbroad({ country, day }: { country: string; day: string }) {
  const { t, format } = useLanguage();
  const place = placeOf(country, day);
  return (
    place && (
      <Notice tone="warn" title={t('ui.entry.abroad', { country: format.country(country) })}>
        {t(`ui.entry.abroad.${place}`)}
      </Notice>
    )
  );
}

import { isInEu } from '@valeo/kit/eu.ts';
import { today } from '#i18n/today.ts';

/** Where a customer is in terms of VAT on the day of supply. */
export function placeOf(country: string, day: string): 'EU' | 'THIRD' | null {
  if (country === 'DE') return null;
  return isInEu(country, day || today()) ? 'EU' : 'THIRD';
}

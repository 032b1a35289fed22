import type { Locale } from '#i18n/translate.ts';

/** Size of a file as people read it: 1,4 MB. */
export function fileSize(bytes: number, locale: Locale): string {
  const isSmall = bytes < 999_500;
  const unit = isSmall ? 'kilobyte' : 'megabyte';
  const shown = isSmall ? Math.ceil(bytes / 1000) : bytes / 1_000_000;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(shown);
}

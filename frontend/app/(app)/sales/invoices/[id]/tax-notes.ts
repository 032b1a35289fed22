import type { Locale } from '#i18n/translate.ts';

/** What the sentences of § 14 and § 14a UStG mean to those who read English, by VAT code. */
const english: Readonly<Record<string, string>> = {
  IGL: 'VAT-exempt intra-Community supply',
  AUS: 'VAT-exempt export',
  S21: 'Reverse charge',
  R60: 'Reverse charge',
  S45: 'Not subject to German VAT',
  F48: 'VAT-exempt under section 4 no. 8 et seq. of the German VAT Act',
  F43: 'VAT-exempt under section 4 of the German VAT Act',
  KU: 'VAT-exempt small business, section 19 of the German VAT Act',
  DREI42: 'Intra-Community triangular transaction, reverse charge',
};

/** The sentence that the law asks for; an English document says it in both languages, since an office in Germany reads it as well. */
export function taxNote(taxCode: string, note: string | null, locale: Locale): string | null {
  const meaning = english[taxCode];
  return note && locale === 'en' && meaning ? `${meaning} (${note})` : note;
}

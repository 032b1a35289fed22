import type { Translate } from '#i18n/translate.ts';
import type { ValueLook } from '#ui/DataTable/definition.ts';

/** Units of the trade by their code of UN/ECE Recommendation 20, those of packages by Recommendation 21, the most used first. */
const codes = [
  'C62',
  'SET',
  'PR',
  'XPK',
  'XCT',
  'XPX',
  'XRO',
  'KGM',
  'GRM',
  'TNE',
  'LTR',
  'MLT',
  'MTR',
  'CMT',
  'MMT',
  'MTK',
  'MTQ',
  'HUR',
  'DAY',
  'MON',
  'KWH',
  'LS',
  // The same as C62 to people; it comes with invoices of others.
  'H87',
] as const;

type Code = (typeof codes)[number];
const isKnown = (code: string): code is Code => (codes as readonly string[]).includes(code);

/** What people call a unit; a code that has no name here stays as it is. */
export const unitName = (t: Translate, code: string): string => (isKnown(code) ? t(`unit.${code}`) : code);

/** Names of the units in a list. */
export const unitValues = (t: Translate): Readonly<Record<string, ValueLook>> =>
  Object.fromEntries(codes.map((code) => [code, { label: unitName(t, code) }]));

/** Units to choose from, and the one there is. */
export const unitOptions = (t: Translate, current = 'C62') => {
  const offered: readonly string[] = codes.filter((code) => code !== 'H87');
  return (offered.includes(current) ? offered : [current, ...offered]).map((value) => ({
    value,
    label: unitName(t, value),
  }));
};

import { COUNTRIES } from '@valeo/kit/countries.ts';
import { isInEu } from '@valeo/kit/eu.ts';

/** ISO 3166-1 code of each country name in the file. */
const CODES: Readonly<Record<string, string>> = {
  'United Kingdom': 'GB',
  Germany: 'DE',
  France: 'FR',
  EIRE: 'IE',
  Spain: 'ES',
  Netherlands: 'NL',
  Belgium: 'BE',
  Switzerland: 'CH',
  Portugal: 'PT',
  Australia: 'AU',
  Norway: 'NO',
  Italy: 'IT',
  'Channel Islands': 'JE',
  Finland: 'FI',
  Cyprus: 'CY',
  Sweden: 'SE',
  Austria: 'AT',
  Denmark: 'DK',
  Japan: 'JP',
  Poland: 'PL',
  Israel: 'IL',
  USA: 'US',
  'Hong Kong': 'HK',
  Singapore: 'SG',
  Iceland: 'IS',
  Canada: 'CA',
  Greece: 'GR',
  Malta: 'MT',
  'United Arab Emirates': 'AE',
  RSA: 'ZA',
  Lebanon: 'LB',
  Lithuania: 'LT',
  Brazil: 'BR',
  'Czech Republic': 'CZ',
  Bahrain: 'BH',
  'Saudi Arabia': 'SA',
  // Where goods went is not known, so they count as domestic.
  Unspecified: 'DE',
  'European Community': 'DE',
};

/** ISO code of a country name, or of a code itself; undefined when unknown. */
export const countryCode = (name: string): string | undefined =>
  CODES[name] ?? (COUNTRIES.includes(name) ? name : undefined);

/**
 * VAT code of a sale of goods by a German seller who has no VAT id of the buyer: German VAT within the EU (rule 11), export
 * to a third country. The Channel Islands belong to no one's VAT territory and are export.
 */
export const saleTaxCode = (country: string, suppliedOn: string): 'U19' | 'AUS' =>
  isInEu(country, suppliedOn) ? 'U19' : 'AUS';

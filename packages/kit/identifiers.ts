import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { stdnum } from 'stdnum';
import { z } from 'zod';

/** The number that a member state calls its VAT id, by the prefix of the id (Greece writes EL, Northern Ireland XI). */
const VAT_ID = {
  AT: stdnum.AT?.uid,
  BE: stdnum.BE?.vat,
  BG: stdnum.BG?.vat,
  CY: stdnum.CY?.vat,
  CZ: stdnum.CZ?.dic,
  DE: stdnum.DE?.vat,
  DK: stdnum.DK?.cvr,
  EE: stdnum.EE?.kmkr,
  EL: stdnum.GR?.vat,
  ES: stdnum.ES?.nif,
  FI: stdnum.FI?.alv,
  FR: stdnum.FR?.tva,
  HR: stdnum.HR?.oib,
  HU: stdnum.HU?.anum,
  IE: stdnum.IE?.vat,
  IT: stdnum.IT?.iva,
  LT: stdnum.LT?.pvm,
  LU: stdnum.LU?.tva,
  LV: stdnum.LV?.pvn,
  MT: stdnum.MT?.vat,
  NL: stdnum.NL?.btw,
  PL: stdnum.PL?.nip,
  PT: stdnum.PT?.nif,
  RO: stdnum.RO?.cif,
  SE: stdnum.SE?.vat,
  SI: stdnum.SI?.ddv,
  SK: stdnum.SK?.dph,
  XI: stdnum.GB?.vat,
};

const OUTSIDE_EU = /^[A-Z]{2,3}[0-9A-Z]{4,17}$/;
const withoutPunctuation = (value: string) => value.toUpperCase().replace(/[\s.\-/]/g, '');

/** True when form and check digits are right; whether the id is assigned, only the authority knows. */
export function isVatId(compact: string): boolean {
  const rule = VAT_ID[compact.slice(0, 2) as keyof typeof VAT_ID];
  return rule ? rule.validate(compact.slice(2)).isValid : OUTSIDE_EU.test(compact);
}

/** A VAT id with its country's prefix, check digits included where the country has them. Kept without blanks and dots. */
export const zVatId = () =>
  z
    .string()
    .max(30)
    .transform(withoutPunctuation)
    .superRefine((value, ctx) => {
      if (!isVatId(value)) ctx.addIssue({ code: 'custom', params: { code: vatIdFault(value) } });
    });

function vatIdFault(compact: string): 'WRONG_CHECK_DIGIT' | 'INVALID_VAT_ID' {
  const found = VAT_ID[compact.slice(0, 2) as keyof typeof VAT_ID]?.validate(compact.slice(2));
  return found?.error?.name === 'InvalidChecksum' ? 'WRONG_CHECK_DIGIT' : 'INVALID_VAT_ID';
}

/** A German tax number, as the tax office writes it or in the 13 digits of ELSTER. */
export const zTaxNumber = () =>
  z
    .string()
    .max(20)
    .transform((value) => value.trim())
    .refine((value) => stdnum.DE?.stnr?.validate(value).isValid ?? false, { params: { code: 'INVALID_TAX_NUMBER' } });

/** An IBAN, kept without blanks. */
export const zIban = () =>
  z
    .string()
    .max(50)
    .transform((value) => electronicFormatIBAN(value) ?? '')
    .refine((value) => isValidIBAN(value), { params: { code: 'INVALID_IBAN' } });

export const zBic = () =>
  z
    .string()
    .max(20)
    .transform(withoutPunctuation)
    .refine((value) => isValidBIC(value), { params: { code: 'INVALID_BIC' } });

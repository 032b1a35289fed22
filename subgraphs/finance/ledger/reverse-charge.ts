import { TAX_CODES } from '../tax/tax-codes.ts';

/**
 * True for codes of purchases whose VAT the buyer owes (acquisition within the EU, § 13b UStG): the supplier's bill shows
 * none, and the buyer posts it on both sides. Part of the port.
 */
export const isReverseCharge = (code: string): boolean => TAX_CODES.get(code)?.accounts.SKR03.owed != null;

/** True for import VAT, which is paid to customs as it is: the amount of a line is the tax, and none comes on top. */
export function isImportVat(code: string): boolean {
  const { base, tax } = TAX_CODES.get(code)?.accounts.SKR03 ?? {};
  return tax != null && tax === base;
}

import { TAX_CODES } from '../tax/tax-codes.ts';

/**
 * True for codes of purchases whose VAT the buyer owes (acquisition within the EU, § 13b UStG): the supplier's bill shows
 * none, and the buyer posts it on both sides. Part of the port.
 */
export const isReverseCharge = (code: string): boolean => TAX_CODES.get(code)?.accounts.SKR03.owed != null;

import { vatInGross, vatOnNet } from '@valeo/money/money.ts';
import type { LineDraft, Side } from '../ledger/ledger.ts';
import { rateOn, type TaxCode } from '../tax/tax-codes.ts';

const opposite = (side: Side): Side => (side === 'debit' ? 'credit' : 'debit');

/**
 * Splits a gross line by its VAT code into net and tax. With reverse charge nothing was paid to the vendor, so the amount
 * is the net, and the tax is deducted and owed at once. Lines of zero are left out.
 */
export const splitTax = (line: LineDraft, code: TaxCode, suppliedOn: string): LineDraft[] =>
  splitTaxAt(line, code, rateOn(code, suppliedOn));

/** The same at a rate that is known. */
export function splitTaxAt(line: LineDraft, code: TaxCode, rate: string): LineDraft[] {
  const { base, tax, owed } = code.accounts.SKR03;
  const baseLine = (amount: bigint): LineDraft => ({ ...line, amount, taxCode: code.code, taxRole: 'BASE' });
  // Import VAT is paid to customs as it is: the amount is the tax.
  if (tax !== null && tax === base) return [{ ...line, taxCode: code.code, taxRole: 'TAX' }];
  if (rate === '0' || tax === null) return [baseLine(line.amount)];
  const amount = owed === null ? vatInGross(line.amount, rate) : vatOnNet(line.amount, rate);
  const taxLine: LineDraft = { ...line, to: { taxOf: code.code }, amount, taxCode: code.code, taxRole: 'TAX' };
  const lines =
    owed === null
      ? [baseLine(line.amount - amount), taxLine]
      : [baseLine(line.amount), taxLine, { ...taxLine, to: { owedOf: code.code }, side: opposite(line.side) }];
  return lines.filter((part) => part.amount > 0n);
}

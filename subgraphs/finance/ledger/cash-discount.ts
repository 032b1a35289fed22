import { allocate, type Cents, vatInGross, vatOnNet } from '@valeo/money/money.ts';
import type { LineDraft, Side } from './ledger.ts';
import { isImportVat, isReverseCharge } from './reverse-charge.ts';

/** What a document charges under one VAT code. */
export interface DiscountedGroup {
  readonly taxCode: string;
  /** Percentage that the document charges, which is that of its date of supply. */
  readonly rate: string;
  readonly gross: Cents;
}

/**
 * Cash discount (Skonto) on a document: it reduces the bases and the VAT of the document in the period of the payment (§ 17
 * UStG, rule 15), in the proportion of its VAT groups and at their rates. `side` is that of the reduction: debit for what the
 * company grants, credit for what it gets. Part of the port.
 */
export function cashDiscountLines(groups: readonly DiscountedGroup[], discount: Cents, side: Side): LineDraft[] {
  // Customs grants no discount on import VAT.
  const reduced = groups.filter(({ taxCode, gross }) => gross > 0n && !isImportVat(taxCode));
  const [first] = groups;
  if (!first) return [];
  if (reduced.length === 0) return [{ to: { discountOf: first.taxCode }, side, amount: discount }];
  const parts = allocate(
    discount,
    reduced.map(({ gross }) => gross),
  );
  return reduced
    .flatMap(({ taxCode, rate }, index): LineDraft[] => {
      const part = parts[index] ?? 0n;
      const line = { side, taxCode };
      if (!isReverseCharge(taxCode)) {
        const tax = vatInGross(part, rate);
        return [
          { ...line, to: { discountOf: taxCode }, amount: part - tax, taxRole: 'BASE' },
          { ...line, to: { taxOf: taxCode }, amount: tax, taxRole: 'TAX' },
        ];
      }
      const tax = vatOnNet(part, rate);
      return [
        { ...line, to: { discountOf: taxCode }, amount: part, taxRole: 'BASE' },
        { ...line, to: { taxOf: taxCode }, amount: tax, taxRole: 'TAX' },
        { ...line, to: { owedOf: taxCode }, side: side === 'debit' ? 'credit' : 'debit', amount: tax, taxRole: 'TAX' },
      ];
    })
    .filter(({ amount }) => amount > 0n);
}

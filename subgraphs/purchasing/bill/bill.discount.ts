import { cashDiscountLines, type DiscountedGroup } from '@valeo/finance/ledger/cash-discount.ts';
import { type LineDraft, taxRate } from '@valeo/finance/ledger/ledger.ts';
import { reversedOf } from '@valeo/finance/ledger/reversal.ts';
import { isImportVat, isReverseCharge } from '@valeo/finance/ledger/reverse-charge.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type Cents, cents, sum, vatOnNet } from '@valeo/money/money.ts';
import { eq } from 'drizzle-orm';
import { type SupplierInvoiceRow, supplierInvoiceLine, supplierPayment } from './bill.tables.ts';

/** What a bill charges under each VAT code, at the rates of its date of supply; the supplier charges no tax that the buyer owes. */
export async function chargedBy(tx: Tx, bill: SupplierInvoiceRow): Promise<DiscountedGroup[]> {
  const lines = await tx.db
    .select()
    .from(supplierInvoiceLine)
    .where(eq(supplierInvoiceLine.invoiceId, bill.id))
    // Cents that cannot be split go the same way each time.
    .orderBy(supplierInvoiceLine.position);
  return [...Map.groupBy(lines, (line) => line.taxCode)].map(([taxCode, group]) => {
    const net = sum(group.map((line) => cents(line.net)));
    const rate = taxRate(taxCode, bill.suppliedOn) ?? '0';
    const charged = isReverseCharge(taxCode) || isImportVat(taxCode) ? 0n : vatOnNet(net, rate);
    return { taxCode, rate, gross: net + charged };
  });
}

/** Cash discounts that were taken on a bill, and what takes them back, as they were posted. */
export async function takenBackDiscount(
  tx: Tx,
  bill: SupplierInvoiceRow,
): Promise<{ total: Cents; lines: LineDraft[] }> {
  const payments = await tx.db
    .select()
    .from(supplierPayment)
    .where(eq(supplierPayment.invoiceId, bill.id))
    .orderBy(supplierPayment.id);
  const taken = payments.filter(({ discount }) => cents(discount) > 0n);
  if (taken.length === 0) return { total: 0n, lines: [] };
  const reversed = await reversedOf(
    tx,
    taken.map(({ journalEntryId }) => journalEntryId),
  );
  const discounts = taken.filter((each) => !reversed.has(each.journalEntryId)).map(({ discount }) => cents(discount));
  const total = sum(discounts);
  if (total === 0n) return { total, lines: [] };
  const groups = await chargedBy(tx, bill);
  const partner = { id: bill.supplierId, name: bill.supplierName, kind: 'CREDITOR' as const };
  const isBill = bill.kind === 'INVOICE';
  return {
    total,
    lines: [
      { to: { partner }, side: isBill ? 'credit' : 'debit', amount: total },
      ...discounts.flatMap((discount) => cashDiscountLines(groups, discount, isBill ? 'debit' : 'credit')),
    ],
  };
}

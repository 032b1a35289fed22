import { cashDiscountLines, type DiscountedGroup } from '@valeo/finance/ledger/cash-discount.ts';
import type { LineDraft } from '@valeo/finance/ledger/ledger.ts';
import { reversedOf } from '@valeo/finance/ledger/reversal.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type Cents, cents, sum } from '@valeo/money/money.ts';
import { eq } from 'drizzle-orm';
import { payment, type SalesInvoiceRow, salesInvoiceTax } from './invoice.tables.ts';

/** What an invoice charges under each VAT code, at the rates it was posted with. */
export async function chargedBy(tx: Tx, invoiceId: string): Promise<DiscountedGroup[]> {
  const rows = await tx.db
    .select()
    .from(salesInvoiceTax)
    .where(eq(salesInvoiceTax.invoiceId, invoiceId))
    // Cents that cannot be split go the same way each time.
    .orderBy(salesInvoiceTax.taxCode);
  return rows.map(({ taxCode, rate, net, tax }) => ({ taxCode, rate, gross: cents(net) + cents(tax) }));
}

/** Cash discounts that were granted on an invoice, and what takes them back, as they were posted. */
export async function takenBackDiscount(
  tx: Tx,
  { id, kind, customerId, customerName }: SalesInvoiceRow,
): Promise<{ total: Cents; lines: LineDraft[] }> {
  const payments = await tx.db.select().from(payment).where(eq(payment.invoiceId, id)).orderBy(payment.id);
  const granted = payments.filter(({ discount }) => cents(discount) > 0n);
  if (granted.length === 0) return { total: 0n, lines: [] };
  const reversed = await reversedOf(
    tx,
    granted.map(({ journalEntryId }) => journalEntryId),
  );
  const discounts = granted.filter((each) => !reversed.has(each.journalEntryId)).map(({ discount }) => cents(discount));
  const total = sum(discounts);
  if (total === 0n) return { total, lines: [] };
  const groups = await chargedBy(tx, id);
  const isInvoice = kind === 'INVOICE';
  const partner = { id: customerId, name: customerName, kind: 'DEBTOR' as const };
  return {
    total,
    lines: [
      { to: { partner }, side: isInvoice ? 'debit' : 'credit', amount: total },
      ...discounts.flatMap((discount) => cashDiscountLines(groups, discount, isInvoice ? 'credit' : 'debit')),
    ],
  };
}

import { openAmountOf } from '@valeo/finance/ledger/open-amount.ts';
import { TAKE_BACK_CODES, takePaymentBack } from '@valeo/finance/ledger/take-back.ts';
import { today } from '@valeo/kit/day.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { changeRow, insertRows } from '@valeo/kit/rows.ts';
import { zDate, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { amountOf } from '@valeo/money/money.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { supplierInvoices } from './bill.list.ts';
import { supplierInvoice, supplierPayment, supplierPaymentCancellation } from './bill.tables.ts';
import { BILL_SOURCE, lockBills } from './post-bills.ts';

export const cancelSupplierPayment = defineMutation({
  name: 'cancelSupplierPayment',
  description:
    'Takes a recorded payment back by the exact reversal of its entry: amount and cash discount are open again, and the bill can be paid anew. The payment stays in the list, marked as taken back.',
  permission: 'purchasing:post',
  input: z.object({ id: zId(), postedOn: zDate().nullish(), reason: zText(200), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'ALREADY_REVERSED', 'ALREADY_CANCELLED', ...TAKE_BACK_CODES],
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const [paid] = await tx.db.select().from(supplierPayment).where(eq(supplierPayment.id, input.id));
    // Payments cannot be locked; who takes back, pays or cancels waits at the bill.
    const bill = paid && (await lockBills(tx, [paid.invoiceId])).get(paid.invoiceId);
    if (!bill) return fail('NOT_FOUND');
    const before = await tx.db
      .select()
      .from(supplierPaymentCancellation)
      .where(eq(supplierPaymentCancellation.paymentId, paid.id));
    if (before.length > 0) return fail('ALREADY_REVERSED');
    if (bill.status === 'CANCELLED') return fail('ALREADY_CANCELLED', { params: { number: bill.number } });

    const day = input.postedOn ?? (today() < paid.paidOn ? paid.paidOn : today());
    const taken = await takePaymentBack(tx, {
      entryId: paid.journalEntryId,
      postedOn: day,
      reason: input.reason,
      name: `Zahlung ${bill.supplierNumber}`,
      source: { type: 'purchasing.SupplierPaymentCancellation', id: paid.id },
    });
    if (!taken.ok) return taken;
    await insertRows(tx, supplierPaymentCancellation, [
      {
        paymentId: paid.id,
        tenantId: tx.tenantId,
        cancelledOn: day,
        reason: input.reason,
        journalEntryId: taken.value.id,
      },
    ]);
    const item = (await openAmountOf(tx, BILL_SOURCE, bill.id)) ?? 0n;
    const open = item < 0n ? -item : item;
    await changeRow(tx, supplierInvoice, bill.id, {
      openAmount: amountOf(open),
      status: open === 0n ? 'PAID' : 'POSTED',
    });
    return ok({ supplierInvoice: bill.id });
  },
});

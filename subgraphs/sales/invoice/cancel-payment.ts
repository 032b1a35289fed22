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
import { salesInvoices } from './invoice.list.ts';
import { lockInvoice } from './invoice.queries.ts';
import { payment, paymentCancellation, salesInvoice } from './invoice.tables.ts';
import { INVOICE_SOURCE } from './post-invoices.ts';

export const cancelPayment = defineMutation({
  name: 'cancelPayment',
  description:
    'Takes a recorded payment back by the exact reversal of its entry: amount and cash discount are open again, and the invoice can be paid anew. The payment stays in the list, marked as taken back.',
  permission: 'sales:post',
  input: z.object({ id: zId(), postedOn: zDate().nullish(), reason: zText(200), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'ALREADY_REVERSED', 'ALREADY_CANCELLED', ...TAKE_BACK_CODES],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const [paid] = await tx.db.select().from(payment).where(eq(payment.id, input.id));
    // Payments cannot be locked; who takes back, pays or cancels waits at the invoice.
    const invoice = paid && (await lockInvoice(tx, paid.invoiceId));
    if (!invoice) return fail('NOT_FOUND');
    const before = await tx.db.select().from(paymentCancellation).where(eq(paymentCancellation.paymentId, paid.id));
    if (before.length > 0) return fail('ALREADY_REVERSED');
    if (invoice.status !== 'POSTED') return fail('ALREADY_CANCELLED', { params: { number: invoice.number ?? '' } });

    const day = input.postedOn ?? (today() < paid.receivedOn ? paid.receivedOn : today());
    const taken = await takePaymentBack(tx, {
      entryId: paid.journalEntryId,
      postedOn: day,
      reason: input.reason,
      name: `Zahlung ${invoice.number}`,
      source: { type: 'sales.PaymentCancellation', id: paid.id },
    });
    if (!taken.ok) return taken;
    await insertRows(tx, paymentCancellation, [
      {
        paymentId: paid.id,
        tenantId: tx.tenantId,
        cancelledOn: day,
        reason: input.reason,
        journalEntryId: taken.value.id,
      },
    ]);
    const item = (await openAmountOf(tx, INVOICE_SOURCE, invoice.id)) ?? 0n;
    const open = amountOf(item < 0n ? -item : item);
    const paymentStatus = item === 0n ? 'PAID' : open === invoice.gross ? 'OPEN' : 'PARTIAL';
    await changeRow(tx, salesInvoice, invoice.id, { openAmount: open, paymentStatus });
    return ok({ salesInvoice: invoice.id });
  },
});

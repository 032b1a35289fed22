import { bankDiscountOf } from '@valeo/finance/ledger/bank-discount.ts';
import { cashDiscountLines } from '@valeo/finance/ledger/cash-discount.ts';
import { type EntryDraft, postEntries, type Side } from '@valeo/finance/ledger/ledger.ts';
import { openAmountOf } from '@valeo/finance/ledger/open-amount.ts';
import { reversalDay, reversedLines } from '@valeo/finance/ledger/reversal.ts';
import { today } from '@valeo/kit/day.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { changeRow, insertRows } from '@valeo/kit/rows.ts';
import { zCode, zId, zKey, zMoney, zText } from '@valeo/kit/validate.ts';
import { amountOf, cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import { zBusinessDay } from '../document.input.ts';
import { refreshOrders } from '../order/refresh-orders.ts';
import { chargedBy, takenBackDiscount } from './bill.discount.ts';
import { supplierInvoices } from './bill.list.ts';
import { supplierInvoice, supplierPayment } from './bill.tables.ts';
import { creditNoteOf } from './corrected-bills.ts';
import { BILL_SOURCE, BOOK_CODES, bookCode, lockBills, otherSide } from './post-bills.ts';

export const recordSupplierPayment = defineMutation({
  name: 'recordSupplierPayment',
  description:
    'Records money paid for a bill (or received for a credit note): posts it against the supplier and reduces what is open. A cash discount taken with it reduces cost and input tax.',
  permission: 'purchasing:post',
  input: z.object({
    supplierInvoiceId: zId(),
    amount: zMoney('positive'),
    discount: zMoney('positive').nullish(),
    paidOn: zBusinessDay(),
    account: zCode(20, 1),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'NOT_POSTED', 'AMOUNT_EXCEEDS_OPEN', ...BOOK_CODES],
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const bill = (await lockBills(tx, [input.supplierInvoiceId])).get(input.supplierInvoiceId);
    if (!bill) return fail('NOT_FOUND');
    if (bill.status !== 'POSTED') return fail('NOT_POSTED');
    const amount = cents(input.amount);
    const item = (await openAmountOf(tx, BILL_SOURCE, bill.id)) ?? 0n;
    const open = item < 0n ? -item : item;
    const discount = cents(input.discount ?? '0');
    const settled = amount + discount;
    if (settled > open)
      return failField('AMOUNT_EXCEEDS_OPEN', amount > open ? 'amount' : 'discount', { open: amountOf(open) });
    const id = newId();
    const partner = { id: bill.supplierId, name: bill.supplierName, kind: 'CREDITOR' as const };
    const isBill = bill.kind === 'INVOICE';
    const side: Side = isBill ? 'credit' : 'debit';
    const posted = await postEntries(tx, [
      {
        postedOn: input.paidOn,
        text: `Zahlung ${bill.supplierNumber} ${bill.supplierName}`.slice(0, 200),
        reference: bill.number,
        source: { type: 'purchasing.SupplierPayment', id },
        lines: [
          { to: { partner }, side: otherSide(side), amount: settled },
          { to: { account: input.account }, side, amount, opensItem: true, holdsMoney: true, path: '' },
          ...(discount > 0n ? cashDiscountLines(await chargedBy(tx, bill), discount, side) : []),
        ],
        settles: [{ source: { type: BILL_SOURCE, id: bill.id }, amount: isBill ? settled : -settled }],
        path: '',
      },
    ]);
    if (!posted.ok) {
      const code = bookCode(posted.code);
      const field = code === 'PERIOD_CLOSED' || code === 'DATE_OUT_OF_RANGE' ? 'paidOn' : 'account';
      return failField(code, field, { ...posted.params });
    }
    const rest = open - settled;
    await insertRows(tx, supplierPayment, [
      {
        id,
        tenantId: tx.tenantId,
        invoiceId: bill.id,
        amount: input.amount,
        discount: amountOf(discount),
        paidOn: input.paidOn,
        account: input.account,
        journalEntryId: posted.value[0]?.id,
      },
    ]);
    await changeRow(tx, supplierInvoice, bill.id, {
      openAmount: amountOf(rest),
      status: rest === 0n ? 'PAID' : 'POSTED',
    });
    return ok({ supplierInvoice: bill.id });
  },
});

export const cancelSupplierInvoice = defineMutation({
  name: 'cancelSupplierInvoice',
  description:
    'Cancels a bill: one that is posted by the exact reversal of its entry. What was paid stays as a claim on the supplier. Its number may then come again. Not while a credit note that corrects it stands: that would take its part back twice.',
  permission: 'purchasing:post',
  input: z.object({ id: zId(), reason: zText(200), idempotencyKey: zKey() }),
  errors: [
    'NOT_FOUND',
    'ALREADY_CANCELLED',
    'ALREADY_CREDITED',
    'DISCOUNT_ON_BANK',
    'PERIOD_CLOSED',
    'ACCOUNT_INACTIVE',
  ],
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const bill = (await lockBills(tx, [input.id])).get(input.id);
    if (!bill) return fail('NOT_FOUND');
    if (bill.status === 'CANCELLED') return fail('ALREADY_CANCELLED', { params: { number: bill.number } });
    const creditNote = await creditNoteOf(tx, bill.id);
    if (creditNote !== undefined) return fail('ALREADY_CREDITED', { params: { number: bill.number, creditNote } });
    let cancelEntryId: string | null = null;
    if (bill.journalEntryId) {
      const discounted = await bankDiscountOf(tx, BILL_SOURCE, bill.id);
      if (discounted) return fail('DISCOUNT_ON_BANK', { params: { ...discounted } });
      const open = (await openAmountOf(tx, BILL_SOURCE, bill.id)) ?? 0n;
      const day = await reversalDay(tx, bill.journalEntryId, today());
      const discount = await takenBackDiscount(tx, bill);
      const sign = bill.kind === 'INVOICE' ? 1n : -1n;
      const paid = cents(bill.gross) - open * sign - discount.total;
      const draft: EntryDraft = {
        postedOn: day,
        text: `Storno ${bill.supplierNumber}: ${input.reason}`.slice(0, 200),
        reference: bill.number,
        source: { type: 'purchasing.SupplierInvoiceCancellation', id: bill.id },
        reversesId: bill.journalEntryId,
        lines: [...(await reversedLines(tx, bill.journalEntryId)), ...discount.lines],
        openItem: {
          partner: { id: bill.supplierId, name: bill.supplierName, kind: 'CREDITOR' },
          dueOn: day,
          amount: -paid * sign,
        },
        settles: open === 0n ? [] : [{ source: { type: BILL_SOURCE, id: bill.id }, amount: open }],
      };
      const posted = await postEntries(tx, [draft]);
      if (!posted.ok) {
        const code = posted.code === 'ACCOUNT_INACTIVE' ? posted.code : 'PERIOD_CLOSED';
        return fail(code, { params: { ...posted.params } });
      }
      cancelEntryId = posted.value[0]?.id ?? null;
    }
    await changeRow(tx, supplierInvoice, bill.id, {
      status: 'CANCELLED',
      cancelReason: input.reason,
      cancelEntryId,
      openAmount: '0.00',
    });
    await refreshOrders(tx, bill.orderId ? [bill.orderId] : []);
    return ok({ supplierInvoice: bill.id });
  },
});

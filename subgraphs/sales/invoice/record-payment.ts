import { cashDiscountLines } from '@valeo/finance/ledger/cash-discount.ts';
import { postEntries } from '@valeo/finance/ledger/ledger.ts';
import { openAmountOf } from '@valeo/finance/ledger/open-amount.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zCode, zDate, zId, zKey, zMoney } from '@valeo/kit/validate.ts';
import { amountOf, cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import { chargedBy } from './invoice.discount.ts';
import { salesInvoices } from './invoice.list.ts';
import { lockInvoice } from './invoice.queries.ts';
import { INVOICE_SOURCE } from './post-invoices.ts';

export const recordPayment = defineMutation({
  name: 'recordPayment',
  description:
    'Records money received for an invoice (or paid back for a credit note): posts it against the customer and reduces what is open. A cash discount granted with it reduces revenue and VAT.',
  permission: 'sales:post',
  input: z.object({
    salesInvoiceId: zId(),
    amount: zMoney('positive'),
    discount: zMoney('positive').nullish(),
    receivedOn: zDate(),
    account: zCode(20, 1),
    idempotencyKey: zKey(),
  }),
  errors: [
    'NOT_FOUND',
    'NOT_POSTED',
    'AMOUNT_EXCEEDS_OPEN',
    'UNKNOWN_ACCOUNT',
    'CONTROL_ACCOUNT',
    'ACCOUNT_INACTIVE',
    'PERIOD_CLOSED',
    'DATE_OUT_OF_RANGE',
  ],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const invoice = await lockInvoice(tx, input.salesInvoiceId);
    if (!invoice) return fail('NOT_FOUND');
    if (invoice.status !== 'POSTED') return fail('NOT_POSTED');
    const amount = cents(input.amount);
    const item = (await openAmountOf(tx, INVOICE_SOURCE, invoice.id)) ?? 0n;
    const open = item < 0n ? -item : item;
    const discount = cents(input.discount ?? '0');
    const settled = amount + discount;
    if (settled > open)
      return failField('AMOUNT_EXCEEDS_OPEN', amount > open ? 'amount' : 'discount', { open: amountOf(open) });

    const id = newId();
    const partner = { id: invoice.customerId, name: invoice.customerName, kind: 'DEBTOR' as const };
    const isInvoice = invoice.kind === 'INVOICE';
    const posted = await postEntries(tx, [
      {
        postedOn: input.receivedOn,
        text: `Zahlung ${invoice.number} ${invoice.customerName}`.slice(0, 200),
        reference: invoice.number ?? '',
        source: { type: 'sales.Payment', id },
        lines: [
          {
            to: { account: input.account },
            side: isInvoice ? 'debit' : 'credit',
            amount,
            opensItem: true,
            holdsMoney: true,
            path: '',
          },
          ...(discount > 0n
            ? cashDiscountLines(await chargedBy(tx, invoice.id), discount, isInvoice ? 'debit' : 'credit')
            : []),
          { to: { partner }, side: isInvoice ? 'credit' : 'debit', amount: settled },
        ],
        settles: [{ source: { type: INVOICE_SOURCE, id: invoice.id }, amount: isInvoice ? settled : -settled }],
        path: '',
      },
    ]);
    if (!posted.ok) {
      const field = posted.code === 'PERIOD_CLOSED' || posted.code === 'DATE_OUT_OF_RANGE' ? 'receivedOn' : 'account';
      return failField(
        posted.code as
          | 'UNKNOWN_ACCOUNT'
          | 'CONTROL_ACCOUNT'
          | 'ACCOUNT_INACTIVE'
          | 'PERIOD_CLOSED'
          | 'DATE_OUT_OF_RANGE',
        field,
        { ...posted.params },
      );
    }
    const rest = open - settled;
    await tx.query(
      `INSERT INTO sales.payment (id, tenant_id, invoice_id, amount, discount, received_on, account, journal_entry_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        tx.tenantId,
        invoice.id,
        input.amount,
        amountOf(discount),
        input.receivedOn,
        input.account,
        posted.value[0]?.id,
      ],
      'insert_payment',
    );
    await tx.query(
      'UPDATE sales.sales_invoice SET open_amount = $2, payment_status = $3, version = version + 1, updated_at = now() WHERE id = $1',
      [invoice.id, amountOf(rest), rest === 0n ? 'PAID' : 'PARTIAL'],
      'reduce_open_amount',
    );
    return ok({ salesInvoice: invoice.id });
  },
});

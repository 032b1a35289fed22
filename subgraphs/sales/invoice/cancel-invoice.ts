import { bankDiscountOf } from '@valeo/finance/ledger/bank-discount.ts';
import { type EntryDraft, type LineDraft, postEntries } from '@valeo/finance/ledger/ledger.ts';
import { openAmountOf } from '@valeo/finance/ledger/open-amount.ts';
import { reversedLines } from '@valeo/finance/ledger/reversal.ts';
import { moveStock } from '@valeo/inventory/stock/stock.ts';
import { today } from '@valeo/kit/day.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zText } from '@valeo/kit/validate.ts';
import { amountOf, type Cents, cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import { drawNumbers } from '../number-range.ts';
import { creditNoteOf } from './corrections.ts';
import { refreshInvoiceChain } from './invoice.chain.ts';
import { takenBackDiscount } from './invoice.discount.ts';
import { salesInvoices } from './invoice.list.ts';
import { lockInvoice } from './invoice.queries.ts';
import type { SalesInvoiceRow } from './invoice.tables.ts';
import { INVOICE_SOURCE } from './post-invoices.ts';

const CODES = [
  'NOT_FOUND',
  'NOT_POSTED',
  'ALREADY_CANCELLED',
  'ALREADY_CREDITED',
  'DISCOUNT_ON_BANK',
  'PERIOD_CLOSED',
  'ACCOUNT_INACTIVE',
] as const;

export const cancelSalesInvoice = defineMutation({
  name: 'cancelSalesInvoice',
  description:
    'Cancels a posted invoice by a Storno document (a credit note with its own number) that reverses its entry and its stock movements. What was paid stays as a credit of the customer. Not while a credit note that corrects it stands: that would credit its part twice.',
  permission: 'sales:post',
  input: z.object({ id: zId(), reason: zText(200), idempotencyKey: zKey() }),
  errors: CODES,
  payload: { salesInvoice: salesInvoices, cancellation: salesInvoices },
  async run(tx, input): Promise<Result<{ salesInvoice: string; cancellation: string }, (typeof CODES)[number]>> {
    const found = await lockInvoice(tx, input.id);
    if (!found) return fail('NOT_FOUND');
    if (found.status === 'CANCELLED') return fail('ALREADY_CANCELLED', { params: { number: found.number ?? '' } });
    if (found.status === 'DRAFT') return fail('NOT_POSTED');
    if (found.cancelsId) return fail('NOT_POSTED', { params: { sentence: 'NOT_POSTED.CANCELLATION' } });
    const creditNote = await creditNoteOf(tx, found.id);
    if (creditNote !== undefined)
      return fail('ALREADY_CREDITED', { params: { number: found.number ?? '', creditNote } });
    const discounted = await bankDiscountOf(tx, INVOICE_SOURCE, found.id);
    if (discounted) return fail('DISCOUNT_ON_BANK', { params: { ...discounted } });
    const open = (await openAmountOf(tx, INVOICE_SOURCE, found.id)) ?? 0n;
    const invoice = { ...found, openAmount: amountOf(open < 0n ? -open : open) };

    // An invoice may be dated ahead; its reversal is not dated before it.
    const day = today() < invoice.issuedOn ? invoice.issuedOn : today();
    const id = newId();
    const [number = ''] = await drawNumbers(
      tx,
      invoice.kind === 'INVOICE' ? 'CREDIT_NOTE' : 'INVOICE',
      Number(day.slice(0, 4)),
      1,
    );
    const discount = await takenBackDiscount(tx, invoice);
    const credit = cents(invoice.gross) - cents(invoice.openAmount) - discount.total;
    const cancellation = { id, number, day, reason: input.reason, credit };
    const entryId = invoice.journalEntryId && (await reverse(tx, invoice, cancellation, discount.lines));
    if (entryId !== null && typeof entryId !== 'string') return entryId;

    await storeCancellation(tx, invoice, { ...cancellation, entryId });
    await returnStock(tx, invoice.id, id, day);
    await refreshInvoiceChain(tx, [invoice.id]);
    return ok({ salesInvoice: invoice.id, cancellation: id });
  },
});

interface Cancellation {
  readonly id: string;
  readonly number: string;
  readonly day: string;
  readonly reason: string;
  /** What had been paid. */
  readonly credit: Cents;
}

/**
 * The exact reversal, in today's period, also of cash discounts that were granted. It settles what is open; what had been paid
 * becomes the customer's credit.
 */
async function reverse(
  tx: Tx,
  invoice: SalesInvoiceRow,
  { id, number, day, reason, credit }: Cancellation,
  discountLines: readonly LineDraft[],
) {
  const sign = invoice.kind === 'INVOICE' ? 1n : -1n;
  const open = cents(invoice.openAmount) * sign;
  const draft: EntryDraft = {
    postedOn: day,
    text: `Storno ${invoice.number}: ${reason}`.slice(0, 200),
    reference: number,
    source: { type: INVOICE_SOURCE, id },
    reversesId: invoice.journalEntryId,
    lines: [...(await reversedLines(tx, invoice.journalEntryId ?? '')), ...discountLines],
    openItem: {
      partner: { id: invoice.customerId, name: invoice.customerName, kind: 'DEBTOR' },
      dueOn: day,
      amount: -credit * sign,
    },
    settles: open === 0n ? [] : [{ source: { type: INVOICE_SOURCE, id: invoice.id }, amount: open }],
  };
  const posted = await postEntries(tx, [draft]);
  if (!posted.ok) {
    const code = posted.code === 'ACCOUNT_INACTIVE' ? posted.code : 'PERIOD_CLOSED';
    return fail(code, { params: posted.params });
  }
  return posted.value[0]?.id ?? null;
}

async function storeCancellation(
  tx: Tx,
  invoice: SalesInvoiceRow,
  { id, number, day, reason, credit, entryId }: Cancellation & { entryId: string | null },
) {
  await tx.query(
    `INSERT INTO sales.sales_invoice (id, tenant_id, kind, number, status, payment_status, customer_id, customer_name, customer_number, customer_vat_id,
       customer_address, country, seller, issued_on, supplied_on, due_on, payment_term_days, net, tax, gross, open_amount, line_count, reference,
       journal_entry_id, cancels_id, cancel_reason, posted_at, created_by)
     SELECT $2, tenant_id, CASE kind WHEN 'INVOICE' THEN 'CREDIT_NOTE' ELSE 'INVOICE' END, $3, 'POSTED',
       CASE WHEN $5::numeric = 0 THEN 'PAID' ELSE 'OPEN' END, customer_id, customer_name, customer_number, customer_vat_id, customer_address, country,
       seller, $4, supplied_on, $4, 0, net, tax, gross, $5, line_count, reference, $6, id, $7, now(), nullif(current_setting('app.user_id', true), '')::uuid
     FROM sales.sales_invoice WHERE id = $1`,
    [invoice.id, id, number, day, amountOf(credit), entryId, reason],
  );
  await tx.query(
    `INSERT INTO sales.sales_invoice_line (tenant_id, invoice_id, position, article_id, sku, description, unit, quantity, unit_price, tax_code, net,
       delivery_id)
     SELECT tenant_id, $2, position, article_id, sku, description, unit, quantity, unit_price, tax_code, net, delivery_id
     FROM sales.sales_invoice_line WHERE invoice_id = $1`,
    [invoice.id, id],
  );
  await tx.query(
    `INSERT INTO sales.sales_invoice_tax (tenant_id, invoice_id, tax_code, rate, net, tax)
     SELECT tenant_id, $2, tax_code, rate, net, tax FROM sales.sales_invoice_tax WHERE invoice_id = $1`,
    [invoice.id, id],
  );
  await tx.query(
    `UPDATE sales.sales_invoice SET status = 'CANCELLED', cancelled_by_id = $2, cancel_reason = $3, open_amount = 0, payment_status = 'PAID',
       version = version + 1, updated_at = now() WHERE id = $1`,
    [invoice.id, id, reason],
  );
}

/** Takes back what the invoice itself had moved; goods of a delivery come back by a return of the delivery. */
async function returnStock(tx: Tx, invoiceId: string, cancellationId: string, day: string): Promise<void> {
  const lines = await tx.query<{ position: number; article_id: string; quantity: string; kind: string }>(
    `SELECT l.position, l.article_id, l.quantity, i.kind FROM sales.sales_invoice_line l JOIN sales.sales_invoice i ON i.id = l.invoice_id
     WHERE l.invoice_id = $1 AND l.delivery_id IS NULL`,
    [invoiceId],
  );
  await moveStock(
    tx,
    lines.map((line) => ({
      articleId: line.article_id,
      quantity: line.kind === 'INVOICE' ? line.quantity : `-${line.quantity}`,
      kind: line.kind === 'INVOICE' ? 'RETURN' : 'ISSUE',
      movedOn: day,
      reason: 'Storno',
      source: { type: INVOICE_SOURCE, id: cancellationId, line: line.position },
    })),
  );
}

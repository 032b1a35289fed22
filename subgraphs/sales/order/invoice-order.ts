import { today } from '@valeo/kit/day.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey } from '@valeo/kit/validate.ts';
import { toUnits } from '@valeo/money/decimal.ts';
import { z } from 'zod';
import { zBusinessDay } from '../document/document.input.ts';
import { draftedOf } from '../document/drafted.ts';
import { DRAFT_CODES, type DraftCode, draftInvoices } from '../invoice/draft-invoices.ts';
import { salesInvoices } from '../invoice/invoice.list.ts';
import { lockOrder } from './order.queries.ts';
import type { SalesOrderRow } from './order.tables.ts';

interface BillableLine {
  readonly article_id: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit_price: string;
  readonly tax_code: string;
  readonly order_line: number | null;
  readonly delivery_id: string | null;
  readonly kind?: 'GOODS' | 'SERVICE';
  /** Day of the delivery. */
  readonly delivered_on?: string;
}

export interface Billing {
  readonly suppliedOn?: string | null;
  readonly issuedOn?: string | null;
}

export const invoiceSalesOrder = defineMutation({
  name: 'invoiceSalesOrder',
  description:
    'Makes the draft of an invoice of what was delivered of an order and is not billed yet, and of its services; with undelivered also of the rest, which then leaves with the invoice.',
  permission: 'sales:write',
  input: z.object({
    id: zId(),
    undelivered: z.boolean().nullish(),
    suppliedOn: zBusinessDay().nullish(),
    issuedOn: zBusinessDay().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'NOT_CONFIRMED', 'NOTHING_TO_INVOICE', ...DRAFT_CODES],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const order = await lockOrder(tx, input.id);
    if (!order) return fail('NOT_FOUND');
    if (order.status === 'DRAFT' || order.status === 'CANCELLED')
      return fail('NOT_CONFIRMED', { params: { number: order.number } });
    const delivered = await deliveredLines(tx, order.id);
    const direct = await directLines(tx, order.id, input.undelivered ?? false);
    const lines = [...delivered, ...direct];
    if (!lines.some(({ quantity }) => toUnits(quantity, 4) > 0n)) return fail('NOTHING_TO_INVOICE');
    // The rate is that of the supply (rule 8): the last delivery, unless goods leave with the invoice itself.
    const days = delivered.flatMap(({ delivered_on }) => delivered_on ?? []).sort();
    const suppliedOn = input.suppliedOn ?? (direct.some(({ kind }) => kind === 'GOODS') ? null : days.at(-1));
    const made = await invoiceLines(tx, order, order.id, lines, { ...input, suppliedOn });
    return made.ok ? ok({ salesInvoice: made.value }) : made;
  },
});

/** Lines of shipped deliveries that no invoice bills yet, at the prices of the order. */
const deliveredLines = (tx: Tx, orderId: string) =>
  tx.query<BillableLine>(
    `SELECT l.article_id, l.description, l.quantity - l.returned AS quantity, l.unit_price, l.tax_code, l.order_line, d.id AS delivery_id,
            d.deliver_on::text AS delivered_on
     FROM sales.delivery d JOIN sales.delivery_line l ON l.delivery_id = d.id
     WHERE d.order_id = $1 AND d.status = 'SHIPPED' AND NOT d.invoiced AND l.quantity > l.returned ORDER BY d.id, l.position`,
    [orderId],
    'lines_of_uninvoiced_deliveries',
  );

/** Services, and with `undelivered` the goods that have neither been delivered nor billed. */
const directLines = (tx: Tx, orderId: string, undelivered: boolean) =>
  tx.query<BillableLine>(
    `SELECT article_id, description, quantity - gone AS quantity, unit_price, tax_code, position AS order_line, NULL AS delivery_id, kind
     FROM (SELECT *, greatest(delivered + ${draftedOf('o')}, invoiced) AS gone FROM sales.sales_order_line o WHERE order_id = $1) line
     WHERE quantity > gone AND (kind = 'SERVICE' OR $2) ORDER BY position`,
    [orderId, undelivered],
    'lines_to_invoice_directly',
  );

/** Drafts the invoice; lines that a delivery has moved carry it, so that posting does not move them again. */
export async function invoiceLines(
  tx: Tx,
  document: Pick<SalesOrderRow, 'customerId' | 'country' | 'reference'>,
  orderId: string | null,
  lines: readonly BillableLine[],
  billing: Billing,
): Promise<Result<string, DraftCode>> {
  const made = await draftInvoices(
    tx,
    [
      {
        customerId: document.customerId,
        country: document.country,
        reference: document.reference,
        orderId,
        suppliedOn: billing.suppliedOn ?? billing.issuedOn ?? today(),
        issuedOn: billing.issuedOn ?? null,
        lines: lines.map((line) => ({
          articleId: line.article_id,
          description: line.description,
          quantity: line.quantity,
          unitPrice: line.unit_price,
          taxCode: line.tax_code,
          deliveryId: line.delivery_id,
          orderLine: orderId ? line.order_line : null,
        })),
      },
    ],
    () => '',
  );
  return made.ok ? ok(made.value[0] ?? '') : made;
}

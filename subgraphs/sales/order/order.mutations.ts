import { today } from '@valeo/kit/day.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, single } from '@valeo/kit/result.ts';
import { changeRow } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { createDocuments, DOCUMENT_CODES, type DocumentKind, replaceDocument } from '../document/documents.ts';
import { draftedOf } from '../document/drafted.ts';
import { type SalesOrderInput, zKeyed, zSalesOrder } from './order.input.ts';
import { salesOrders } from './order.list.ts';
import { lockOrder } from './order.queries.ts';
import { salesOrder, salesOrderLine } from './order.tables.ts';

/** How orders are written. Exported for the conversion of a quote. */
export const orderKind = (
  status: 'DRAFT' | 'CONFIRMED' = 'DRAFT',
): DocumentKind<SalesOrderInput & { quoteId?: string }> => ({
  table: salesOrder,
  lineTable: salesOrderLine,
  owner: 'orderId',
  ownerColumn: 'order_id',
  range: 'ORDER',
  dayOf: (input) => input.orderedOn ?? today(),
  columnsOf: (input) => ({
    status,
    deliveryStatus: 'NONE',
    invoiceStatus: 'NONE',
    orderedOn: input.orderedOn ?? today(),
    requestedOn: input.requestedOn ?? null,
    ...(input.quoteId && { quoteId: input.quoteId }),
  }),
  lineColumnsOf: () => ({ delivered: '0', invoiced: '0' }),
});

export const createSalesOrder = defineMutation({
  name: 'createSalesOrder',
  description: 'Creates a draft of an order. Prices and VAT codes that are not given come from the articles.',
  permission: 'sales:write',
  input: zSalesOrder.and(zKeyed),
  errors: DOCUMENT_CODES,
  payload: { salesOrder: salesOrders },
  async run(tx, input) {
    const made = single(await createDocuments(tx, orderKind(), [input]));
    return made.ok ? ok({ salesOrder: made.value }) : made;
  },
});

export const createSalesOrders = defineMutation({
  name: 'createSalesOrders',
  description: 'Creates up to 1000 orders, all or none, and confirms them when asked to.',
  permission: 'sales:write',
  input: z.object({
    items: zList(zSalesOrder, 1000),
    confirm: z.boolean().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: DOCUMENT_CODES,
  payload: { salesOrders },
  bulk: 'items',
  async run(tx, input) {
    const made = await createDocuments(tx, orderKind(input.confirm ? 'CONFIRMED' : 'DRAFT'), input.items);
    return made.ok ? ok({ salesOrders: made.value }) : made;
  },
});

export const updateSalesOrder = defineMutation({
  name: 'updateSalesOrder',
  description:
    'Replaces a draft. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'sales:write',
  input: zSalesOrder.and(z.object({ id: zId(), version: z.int(), idempotencyKey: zKey() })),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'CONFLICT', ...DOCUMENT_CODES],
  payload: { salesOrder: salesOrders },
  async run(tx, input) {
    const replaced = await replaceDocument(tx, orderKind(), await lockOrder(tx, input.id), input);
    return replaced.ok ? ok({ salesOrder: replaced.value }) : replaced;
  },
});

export const confirmSalesOrder = defineMutation({
  name: 'confirmSalesOrder',
  description: 'Confirms a draft to the customer: from now on it can be delivered and billed.',
  permission: 'sales:write',
  input: z.object({ id: zId(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_EDITABLE'],
  payload: { salesOrder: salesOrders },
  async run(tx, input) {
    const order = await lockOrder(tx, input.id);
    if (!order) return fail('NOT_FOUND');
    if (order.status !== 'DRAFT') return fail('NOT_EDITABLE', { params: { number: order.number } });
    await changeRow(tx, salesOrder, order.id, { status: 'CONFIRMED' });
    return ok({ salesOrder: order.id });
  },
});

export const cancelSalesOrder = defineMutation({
  name: 'cancelSalesOrder',
  description:
    'Cancels what is not delivered of an order. When something has been delivered or billed already, the order is closed; what was done stays.',
  permission: 'sales:write',
  input: z.object({ id: zId(), reason: zText(200), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_CANCELLABLE'],
  payload: { salesOrder: salesOrders },
  async run(tx, input) {
    const order = await lockOrder(tx, input.id);
    if (!order) return fail('NOT_FOUND');
    const isOpen = order.status === 'DRAFT' || order.status === 'CONFIRMED';
    if (!isOpen || order.deliveryStatus === 'COMPLETE' || (await isAllDrafted(tx, order.id)))
      return fail('NOT_CANCELLABLE', { params: { number: order.number } });
    const untouched = order.deliveryStatus === 'NONE' && order.invoiceStatus === 'NONE';
    await changeRow(tx, salesOrder, order.id, {
      status: untouched ? 'CANCELLED' : 'CLOSED',
      cancelReason: input.reason,
    });
    return ok({ salesOrder: order.id });
  },
});

/** True when all that is not delivered will leave with drafts of invoices. */
async function isAllDrafted(tx: Tx, orderId: string): Promise<boolean> {
  const [row] = await tx.query<{ all: boolean }>(
    `SELECT coalesce(sum(drafted), 0) > 0 AND bool_and(delivered + drafted >= quantity) AS all
     FROM (SELECT *, ${draftedOf('o')} AS drafted FROM sales.sales_order_line o WHERE order_id = $1 AND kind = 'GOODS') line`,
    [orderId],
    'is_all_drafted',
  );
  return row?.all ?? false;
}

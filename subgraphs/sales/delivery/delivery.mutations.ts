import { today } from '@valeo/kit/day.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, type Result, single } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { zBusinessDay } from '../document/document.input.ts';
import { createDocuments, DOCUMENT_CODES, type DocumentKind, replaceDocument } from '../document/documents.ts';
import { DRAFT_CODES } from '../invoice/draft-invoices.ts';
import { salesInvoices } from '../invoice/invoice.list.ts';
import { invoiceLines } from '../order/invoice-order.ts';
import { zKeyed } from '../order/order.input.ts';
import { type DeliveryInput, zDelivery } from './delivery.input.ts';
import { deliveries } from './delivery.list.ts';
import { lockDelivery } from './delivery.queries.ts';
import { delivery, deliveryLine } from './delivery.tables.ts';
import { RESOLVE_CODES, type ResolvedDelivery, resolveDeliveries } from './resolve-deliveries.ts';
import { lockDeliveries, shipDeliveries } from './ship-deliveries.ts';

const deliveryKind: DocumentKind<ResolvedDelivery> = {
  table: delivery,
  lineTable: deliveryLine,
  owner: 'deliveryId',
  ownerColumn: 'delivery_id',
  range: 'DELIVERY',
  dayOf: (input) => input.deliverOn ?? today(),
  columnsOf: (input) => ({
    status: 'DRAFT',
    deliverOn: input.deliverOn ?? today(),
    address: input.address ?? null,
    warehouseId: input.warehouseId ?? null,
    orderId: input.orderId ?? null,
    invoiced: false,
  }),
  lineColumnsOf: (line) => ({ orderLine: (line as ResolvedDelivery['lines'][number]).orderLine }),
};

const CREATE_CODES = [...DOCUMENT_CODES, ...RESOLVE_CODES] as const;

async function create(
  tx: Tx,
  inputs: readonly DeliveryInput[],
): Promise<Result<string[], (typeof CREATE_CODES)[number]>> {
  const resolved = await resolveDeliveries(tx, inputs, (index) => `items.${index}.`);
  return resolved.ok ? createDocuments<ResolvedDelivery>(tx, deliveryKind, resolved.value) : resolved;
}

export const createDelivery = defineMutation({
  name: 'createDelivery',
  description:
    'Creates a draft of a delivery, of an order or on its own. Of an order it brings all that is open, unless lines are given.',
  permission: 'sales:write',
  input: zDelivery.and(zKeyed),
  errors: CREATE_CODES,
  payload: { delivery: deliveries },
  async run(tx, input) {
    const made = single(await create(tx, [input]));
    return made.ok ? ok({ delivery: made.value }) : made;
  },
});

export const createDeliveries = defineMutation({
  name: 'createDeliveries',
  description: 'Creates up to 1000 deliveries, all or none, and ships them when asked to.',
  permission: 'sales:write',
  input: z.object({
    items: zList(zDelivery, 1000),
    ship: z.boolean().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [...CREATE_CODES, 'OVER_DELIVERY', 'NOT_EDITABLE'],
  payload: { deliveries },
  bulk: 'items',
  async run(tx, input) {
    const made = await create(tx, input.items);
    if (!made.ok) return made;
    const done = input.ship ? await shipDeliveries(tx, made.value, null) : made;
    return done.ok ? ok({ deliveries: done.value }) : fail('INVALID_INPUT', { fields: done.fields });
  },
});

export const updateDelivery = defineMutation({
  name: 'updateDelivery',
  description:
    'Replaces a draft. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'sales:write',
  input: zDelivery.and(z.object({ id: zId(), version: z.int(), idempotencyKey: zKey() })),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'CONFLICT', ...CREATE_CODES],
  payload: { delivery: deliveries },
  async run(tx, input) {
    const resolved = await resolveDeliveries(tx, [input], () => '');
    if (!resolved.ok) return resolved;
    const [wanted] = resolved.value;
    if (!wanted) return fail('NOT_FOUND');
    const replaced = await replaceDocument(
      tx,
      deliveryKind as DocumentKind<typeof wanted>,
      await lockDelivery(tx, input.id),
      wanted,
    );
    return replaced.ok ? ok({ delivery: replaced.value }) : replaced;
  },
});

export const shipDelivery = defineMutation({
  name: 'shipDelivery',
  description: 'Ships a draft: its goods leave the stock, and its order counts them as delivered.',
  permission: 'sales:write',
  input: z.object({ id: zId(), shippedOn: zBusinessDay().nullish(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'NOT_CONFIRMED', 'OVER_DELIVERY'],
  payload: { delivery: deliveries },
  async run(tx, input) {
    const shipped = await shipDeliveries(tx, [input.id], input.shippedOn ?? null, () => '');
    return shipped.ok ? ok({ delivery: input.id }) : shipped;
  },
});

export const invoiceDelivery = defineMutation({
  name: 'invoiceDelivery',
  description:
    'Makes the draft of an invoice of what is still out of a shipped delivery, at the prices of its order or of the articles.',
  permission: 'sales:write',
  input: z.object({
    id: zId(),
    suppliedOn: zBusinessDay().nullish(),
    issuedOn: zBusinessDay().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'NOT_SHIPPED', 'NOTHING_TO_INVOICE', ...DRAFT_CODES],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const found = (await lockDeliveries(tx, [input.id])).get(input.id);
    if (!found) return fail('NOT_FOUND');
    if (found.status !== 'SHIPPED') return fail('NOT_SHIPPED', { params: { number: found.number } });
    if (found.invoiced) return fail('NOTHING_TO_INVOICE');
    const lines = await tx.query<Parameters<typeof invoiceLines>[3][number]>(
      `SELECT article_id, description, quantity - returned AS quantity, unit_price, tax_code, order_line, delivery_id FROM sales.delivery_line
       WHERE delivery_id = $1 AND quantity > returned ORDER BY position`,
      [found.id],
      'lines_to_invoice',
    );
    const billing = { suppliedOn: input.suppliedOn ?? found.deliverOn, issuedOn: input.issuedOn };
    const made = await invoiceLines(tx, found, found.orderId, lines, billing);
    return made.ok ? ok({ salesInvoice: made.value }) : made;
  },
});

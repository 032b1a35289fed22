import { usableWarehouses } from '@valeo/inventory/stock/stock.ts';
import { conflict } from '@valeo/kit/conflict.ts';
import { today } from '@valeo/kit/day.ts';
import { takenExternalNumbers } from '@valeo/kit/external-numbers.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok, type Result, single } from '@valeo/kit/result.ts';
import { changeRow, insertRows } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList, zQuantity, zText } from '@valeo/kit/validate.ts';
import { fromUnits, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { z } from 'zod';
import {
  bothExternal,
  documentFields,
  EXTERNAL_FAULT,
  zBusinessDay,
  zById,
  zKeyed,
  zVersioned,
} from '../document.input.ts';
import { masterData } from '../master-data.ts';
import { drawNumbers } from '../number-range.ts';
import { type KnownOrder, ordersOf } from '../order/orders-of.ts';
import { RECEIVABLE } from '../order/purchase-order-states.ts';
import { cancelReceipt, doneOrderOf, lockReceipts, POST_RECEIPT_CODES, postReceipts } from './post-receipts.ts';
import { goodsReceipts } from './receipt.list.ts';
import { goodsReceipt, goodsReceiptLine } from './receipt.tables.ts';

const zGoodsReceipt = z
  .object({
    ...documentFields,
    orderId: zId().nullish(),
    supplierId: zId().nullish(),
    receivedOn: zBusinessDay().nullish(),
    deliveryNote: zText(60).nullish(),
    warehouseId: zId().nullish(),
    lines: zList(
      z
        .object({
          articleId: zId().nullish(),
          orderLine: z.int().min(1).nullish(),
          received: zQuantity('positive'),
          rejected: zQuantity('notNegative').nullish(),
        })
        .refine((line) => toUnits(line.rejected ?? '0', 4) <= toUnits(line.received, 4), {
          path: ['rejected'],
          params: { code: 'REJECTED_EXCEEDS_RECEIVED' },
        })
        .refine((line) => line.articleId || line.orderLine, { path: ['articleId'], params: { code: 'REQUIRED' } }),
      2000,
    ).nullish(),
  })
  .refine(bothExternal, EXTERNAL_FAULT)
  .refine((input) => input.orderId || input.supplierId, { path: ['supplierId'], params: { code: 'REQUIRED' } })
  .refine((input) => input.orderId || input.lines, { path: ['lines'], params: { code: 'REQUIRED' } });
type GoodsReceiptInput = z.infer<typeof zGoodsReceipt>;

const CREATE_CODES = [
  'UNKNOWN_SUPPLIER',
  'UNKNOWN_ARTICLE',
  'UNKNOWN_ORDER',
  'UNKNOWN_ORDER_LINE',
  'UNKNOWN_WAREHOUSE',
  'NOT_ORDERED_YET',
  'NOTHING_TO_RECEIVE',
  'EXTERNAL_NUMBER_TAKEN',
] as const;
type CreateCode = (typeof CREATE_CODES)[number];

/** Everything looked up for the inputs: columns of heads and lines. */
async function prepare(
  tx: Tx,
  inputs: readonly GoodsReceiptInput[],
  at: (index: number) => string,
  replacing: string | null = null,
) {
  const faults: FieldFault[] = [];
  const orders = await ordersOf(tx, inputs, at, faults);
  const drafted = await draftedLines(tx, [...orders.keys()], replacing);
  const warehouses = await usableWarehouses(
    tx,
    inputs.flatMap(({ warehouseId }) => warehouseId ?? []),
  );
  const resolved = inputs.map((input, index) => {
    if (input.warehouseId && !warehouses.has(input.warehouseId))
      faults.push({ path: `${at(index)}warehouseId`, code: 'UNKNOWN_WAREHOUSE' });
    const known = input.orderId ? orders.get(input.orderId) : undefined;
    if (known && !RECEIVABLE.has(known.order.status))
      faults.push({ path: `${at(index)}orderId`, code: 'NOT_ORDERED_YET', params: { number: known.order.number } });
    const lines = (input.lines ?? openLines(known, drafted)).map((line) => {
      const ordered = known?.lines.find((row) => row.position === line.orderLine);
      return { ...line, ordered, articleId: ordered?.articleId ?? line.articleId ?? '' };
    });
    if (known && lines.length === 0)
      faults.push({
        path: `${at(index)}orderId`,
        code: 'NOTHING_TO_RECEIVE',
        params: {
          number: known.order.number,
          ...(openLines(known).length > 0 && { sentence: 'NOTHING_TO_RECEIVE.DRAFTED' }),
        },
      });
    return { ...input, supplierId: known?.order.supplierId ?? input.supplierId ?? '', lines };
  });
  if (faults.length > 0) return failed(faults);
  const { suppliers, articles } = await masterData(tx, resolved, at, faults);
  if (faults.length > 0) return failed(faults);
  return ok(
    resolved.map((input) => ({
      head: {
        supplierId: input.supplierId,
        supplierName: suppliers.get(input.supplierId)?.name ?? '',
        receivedOn: input.receivedOn ?? today(),
        deliveryNote: input.deliveryNote ?? null,
        warehouseId: input.warehouseId ?? null,
        orderId: input.orderId ?? null,
        note: input.note ?? null,
        lineCount: input.lines.length,
      },
      lines: input.lines.map((line, index) => {
        const article = articles.get(line.articleId);
        return {
          tenantId: tx.tenantId,
          position: index + 1,
          articleId: line.articleId,
          sku: article?.sku ?? '',
          description: line.ordered?.description ?? article?.name ?? '',
          unit: article?.unit ?? 'C62',
          received: line.received,
          rejected: line.rejected ?? '0',
          orderLine: line.orderLine ?? null,
        };
      }),
    })),
  );
}

function failed(faults: readonly FieldFault[]): Result<never, CreateCode> {
  return fail((faults[0]?.code ?? 'UNKNOWN_ORDER') as CreateCode, { params: { ...faults[0]?.params }, fields: faults });
}

/** What drafts of receipts will take in of the lines of orders: whoever asks for the rest twice must not book it twice. */
async function draftedLines(
  tx: Tx,
  orderIds: readonly string[],
  replacing: string | null,
): Promise<ReadonlyMap<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.query<{ key: string; quantity: string }>(
    `SELECT r.order_id || ' ' || l.order_line AS key, sum(l.received)::text AS quantity
     FROM purchasing.goods_receipt r JOIN purchasing.goods_receipt_line l ON l.receipt_id = r.id
     WHERE r.order_id = ANY($1::uuid[]) AND r.status = 'DRAFT' AND r.id IS DISTINCT FROM $2::uuid AND l.order_line IS NOT NULL GROUP BY 1`,
    [orderIds, replacing],
    'drafted_receipt_lines',
  );
  return new Map(rows.map(({ key, quantity }) => [key, quantity]));
}

/** What of an order has not come yet, nor stands in a draft. */
function openLines(
  known: KnownOrder | undefined,
  drafted: ReadonlyMap<string, string> = new Map(),
): NonNullable<GoodsReceiptInput['lines']> {
  return (known?.lines ?? []).flatMap((row) => {
    const waiting = drafted.get(`${known?.order.id} ${row.position}`) ?? '0';
    const open = toUnits(row.quantity, 4) - toUnits(row.received, 4) - toUnits(waiting, 4);
    return open > 0n ? [{ orderLine: row.position, received: trimDecimal(fromUnits(open, 4)) }] : [];
  });
}

async function createReceipts(tx: Tx, inputs: readonly GoodsReceiptInput[]): Promise<Result<string[], CreateCode>> {
  const at = (index: number) => `items.${index}.`;
  const taken = await takenExternalNumbers(tx, goodsReceipt, inputs, at);
  if (taken.length > 0) return failed(taken);
  const prepared = await prepare(tx, inputs, at);
  if (!prepared.ok) return prepared;
  const numbers = await drawNumbers(
    tx,
    'RECEIPT',
    prepared.value.map(({ head }) => head.receivedOn),
  );
  const receipts = prepared.value.map((receipt) => ({ ...receipt, id: newId() }));
  await insertRows(
    tx,
    goodsReceipt,
    receipts.map(({ id, head }, index) => ({
      id,
      tenantId: tx.tenantId,
      version: 1,
      number: numbers[index],
      status: 'DRAFT',
      externalSource: inputs[index]?.externalSource ?? null,
      externalNumber: inputs[index]?.externalNumber ?? null,
      createdBy: tx.session.userId,
      ...head,
    })),
  );
  await insertRows(
    tx,
    goodsReceiptLine,
    receipts.flatMap(({ id, lines }) => lines.map((line) => ({ ...line, receiptId: id }))),
  );
  return ok(receipts.map(({ id }) => id));
}

export const createGoodsReceipt = defineMutation({
  name: 'createGoodsReceipt',
  description:
    'Creates a draft of a goods receipt, of an order or on its own. Of an order it takes all that is open, unless lines are given.',
  permission: 'purchasing:write',
  input: zGoodsReceipt.and(zKeyed),
  errors: CREATE_CODES,
  payload: { goodsReceipt: goodsReceipts },
  async run(tx, input) {
    const made = single(await createReceipts(tx, [input]));
    return made.ok ? ok({ goodsReceipt: made.value }) : made;
  },
});

export const createGoodsReceipts = defineMutation({
  name: 'createGoodsReceipts',
  description: 'Creates up to 1000 goods receipts, all or none, and posts them when asked to.',
  permission: 'purchasing:write',
  input: z.object({
    items: zList(zGoodsReceipt, 1000),
    post: z.boolean().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [...CREATE_CODES, 'REJECTED_EXCEEDS_RECEIVED'],
  payload: { goodsReceipts },
  bulk: 'items',
  async run(tx, input) {
    const made = await createReceipts(tx, input.items);
    if (!made.ok) return made;
    if (input.post) await postReceipts(tx, await lockReceipts(tx, made.value));
    return ok({ goodsReceipts: made.value });
  },
});

export const updateGoodsReceipt = defineMutation({
  name: 'updateGoodsReceipt',
  description:
    'Replaces a draft. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'purchasing:write',
  input: zGoodsReceipt.and(zVersioned),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'CONFLICT', ...CREATE_CODES],
  payload: { goodsReceipt: goodsReceipts },
  async run(tx, input) {
    const before = (await lockReceipts(tx, [input.id])).get(input.id);
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before);
    if (before.status !== 'DRAFT') return fail('NOT_EDITABLE', { params: { number: before.number } });
    const prepared = await prepare(tx, [input], () => '', before.id);
    if (!prepared.ok) return prepared;
    const [receipt] = prepared.value;
    if (!receipt) return fail('NOT_FOUND');
    await tx.query('DELETE FROM purchasing.goods_receipt_line WHERE receipt_id = $1', [before.id]);
    await changeRow(tx, goodsReceipt, before.id, receipt.head);
    await insertRows(
      tx,
      goodsReceiptLine,
      receipt.lines.map((line) => ({ ...line, receiptId: before.id })),
    );
    return ok({ goodsReceipt: before.id });
  },
});

export const postGoodsReceipt = defineMutation({
  name: 'postGoodsReceipt',
  description: 'Posts a draft: what was received and not rejected enters the stock, and the order counts it.',
  permission: 'purchasing:write',
  input: zById,
  errors: POST_RECEIPT_CODES,
  payload: { goodsReceipt: goodsReceipts },
  async run(tx, input) {
    const rows = await lockReceipts(tx, [input.id]);
    const receipt = rows.get(input.id);
    if (!receipt) return fail('NOT_FOUND');
    if (receipt.status !== 'DRAFT') return fail('NOT_EDITABLE', { params: { number: receipt.number } });
    const done = await doneOrderOf(tx, receipt);
    if (done !== undefined) return fail('NOT_ORDERED_YET', { params: { number: done } });
    await postReceipts(tx, rows);
    return ok({ goodsReceipt: receipt.id });
  },
});

export const cancelGoodsReceipt = defineMutation({
  name: 'cancelGoodsReceipt',
  description:
    'Cancels a posted receipt: its goods leave the stock again by reverse movements, and the order counts them no more.',
  permission: 'purchasing:write',
  input: z.object({ id: zId(), reason: zText(200), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_POSTED'],
  payload: { goodsReceipt: goodsReceipts },
  async run(tx, input) {
    const rows = await lockReceipts(tx, [input.id]);
    const receipt = rows.get(input.id);
    if (!receipt) return fail('NOT_FOUND');
    if (receipt.status !== 'POSTED') return fail('NOT_POSTED');
    // A receipt may be dated ahead; its cancellation is not dated before it.
    const day = today() < receipt.receivedOn ? receipt.receivedOn : today();
    await cancelReceipt(tx, rows, day, input.reason);
    return ok({ goodsReceipt: receipt.id });
  },
});

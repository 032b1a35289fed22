import { conflict } from '@valeo/kit/conflict.ts';
import { today } from '@valeo/kit/day.ts';
import { takenExternalNumbers } from '@valeo/kit/external-numbers.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok, type Result, single } from '@valeo/kit/result.ts';
import { changeRow, insertRows } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode, zId, zKey, zList, zPrice, zQuantity, zText } from '@valeo/kit/validate.ts';
import { amountOf } from '@valeo/money/money.ts';
import { documentTotals } from '@valeo/money/totals.ts';
import { z } from 'zod';
import { bothExternal, documentFields, EXTERNAL_FAULT, zBusinessDay, zKeyed, zVersioned } from '../document.input.ts';
import { MASTER_CODES, type MasterData, masterData, purchaseTaxCode, rateOnBill } from '../master-data.ts';
import { drawNumbers } from '../number-range.ts';
import { purchaseOrders } from './purchase-order.list.ts';
import { lockPurchaseOrder } from './purchase-order.queries.ts';
import { purchaseOrder, purchaseOrderLine } from './purchase-order.tables.ts';
import { PURCHASE_ORDER_STATES, PURCHASE_ORDER_STEPS } from './purchase-order-states.ts';

const zPurchaseOrder = z
  .object({
    ...documentFields,
    supplierId: zId(),
    orderedOn: zBusinessDay().nullish(),
    expectedOn: zBusinessDay().nullish(),
    lines: zList(
      z.object({
        articleId: zId(),
        description: zText(500).nullish(),
        quantity: zQuantity('positive'),
        unitPrice: zPrice('notNegative'),
        taxCode: zCode(20).nullish(),
      }),
      2000,
    ),
  })
  .refine(bothExternal, EXTERNAL_FAULT);
const zItem = zPurchaseOrder.and(z.object({ status: z.enum(['DRAFT', 'APPROVED', 'SENT', 'CANCELLED']).nullish() }));
type PurchaseOrderInput = z.infer<typeof zItem>;

const CREATE_CODES = [...MASTER_CODES, 'EXTERNAL_NUMBER_TAKEN'] as const;
type CreateCode = (typeof CREATE_CODES)[number];

/** Stores orders, all or none, in a fixed number of statements. */
async function createOrders(tx: Tx, inputs: readonly PurchaseOrderInput[]): Promise<Result<string[], CreateCode>> {
  const at = (index: number) => `items.${index}.`;
  const faults: FieldFault[] = await takenExternalNumbers(tx, purchaseOrder, inputs, at);
  const data = await masterData(tx, inputs, at, faults);
  const [first] = faults;
  if (first) return fail(first.code as CreateCode, { params: { ...first.params }, fields: faults });
  const numbers = await drawNumbers(
    tx,
    'ORDER',
    inputs.map((input) => input.orderedOn ?? today()),
  );
  const orders = inputs.map((input) => ({ id: newId(), ...priced(input, data) }));
  await insertRows(
    tx,
    purchaseOrder,
    orders.map(({ id, head }, index) => ({
      id,
      tenantId: tx.tenantId,
      version: 1,
      currency: 'EUR',
      number: numbers[index],
      status: inputs[index]?.status ?? 'DRAFT',
      externalSource: inputs[index]?.externalSource ?? null,
      externalNumber: inputs[index]?.externalNumber ?? null,
      createdBy: tx.session.userId,
      ...head,
    })),
  );
  await insertRows(
    tx,
    purchaseOrderLine,
    orders.flatMap(({ id, lines }) => lines.map((line) => ({ ...line, tenantId: tx.tenantId, orderId: id }))),
  );
  return ok(orders.map(({ id }) => id));
}

/** Columns of an order's head and lines. */
function priced(input: PurchaseOrderInput, { suppliers, articles }: MasterData) {
  const supplier = suppliers.get(input.supplierId);
  const day = input.orderedOn ?? today();
  const lines = input.lines.map((line) => {
    const article = articles.get(line.articleId);
    return { ...line, article, taxCode: line.taxCode ?? purchaseTaxCode(supplier, article, day) };
  });
  const totals = documentTotals(lines, (code) => rateOnBill(code, day));
  return {
    head: {
      supplierId: input.supplierId,
      supplierName: supplier?.name ?? '',
      orderedOn: day,
      expectedOn: input.expectedOn ?? null,
      note: input.note ?? null,
      lineCount: lines.length,
      net: amountOf(totals.net),
      tax: amountOf(totals.tax),
      gross: amountOf(totals.gross),
    },
    lines: lines.map(({ article, ...line }, index) => ({
      position: index + 1,
      articleId: line.articleId,
      sku: article?.sku ?? '',
      description: line.description ?? article?.name ?? '',
      unit: article?.unit ?? 'C62',
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      taxCode: line.taxCode,
      net: amountOf(totals.lineNets[index] ?? 0n),
      received: '0',
      rejected: '0',
      billed: '0',
    })),
  };
}

export const createPurchaseOrder = defineMutation({
  name: 'createPurchaseOrder',
  description:
    'Creates a draft of an order to a supplier. A VAT code that is not given follows from supplier and article.',
  permission: 'purchasing:write',
  input: zPurchaseOrder.and(zKeyed),
  errors: CREATE_CODES,
  payload: { purchaseOrder: purchaseOrders },
  async run(tx, input) {
    const made = single(await createOrders(tx, [input]));
    return made.ok ? ok({ purchaseOrder: made.value }) : made;
  },
});

export const createPurchaseOrders = defineMutation({
  name: 'createPurchaseOrders',
  description:
    'Creates up to 1000 orders to suppliers, all or none, each in the state given. Other states than DRAFT take the permission to post.',
  permission: 'purchasing:write',
  input: z.object({ items: zList(zItem, 1000), dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: CREATE_CODES,
  payload: { purchaseOrders },
  bulk: 'items',
  async run(tx, input, ctx) {
    if (input.items.some(({ status }) => status && status !== 'DRAFT')) ctx.require('purchasing:post');
    const made = await createOrders(tx, input.items);
    return made.ok ? ok({ purchaseOrders: made.value }) : made;
  },
});

export const updatePurchaseOrder = defineMutation({
  name: 'updatePurchaseOrder',
  description:
    'Replaces a draft. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'purchasing:write',
  input: zPurchaseOrder.and(zVersioned),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'CONFLICT', ...MASTER_CODES],
  payload: { purchaseOrder: purchaseOrders },
  async run(tx, input) {
    const before = await lockPurchaseOrder(tx, input.id);
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before);
    if (before.status !== 'DRAFT') return fail('NOT_EDITABLE', { params: { number: before.number } });
    const faults: FieldFault[] = [];
    const data = await masterData(tx, [input], () => '', faults);
    const [first] = faults;
    if (first)
      return fail(first.code as (typeof MASTER_CODES)[number], { params: { ...first.params }, fields: faults });
    const { head, lines } = priced(input, data);
    await tx.query('DELETE FROM purchasing.purchase_order_line WHERE order_id = $1', [before.id]);
    await changeRow(tx, purchaseOrder, before.id, head);
    await insertRows(
      tx,
      purchaseOrderLine,
      lines.map((line) => ({ ...line, tenantId: tx.tenantId, orderId: before.id })),
    );
    return ok({ purchaseOrder: before.id });
  },
});

export const setPurchaseOrderStatus = defineMutation({
  name: 'setPurchaseOrderStatus',
  description:
    'Takes an order to its next state: DRAFT to APPROVED (takes the permission to post), APPROVED to SENT or back, what has been received to CLOSED, what has not to CANCELLED.',
  permission: 'purchasing:write',
  input: z.object({ id: zId(), status: z.enum(PURCHASE_ORDER_STATES), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'STATUS_NOT_ALLOWED'],
  payload: { purchaseOrder: purchaseOrders },
  async run(tx, input, ctx) {
    if (input.status === 'APPROVED') ctx.require('purchasing:post');
    const order = await lockPurchaseOrder(tx, input.id);
    if (!order) return fail('NOT_FOUND');
    if (!PURCHASE_ORDER_STEPS[order.status].includes(input.status))
      return fail('STATUS_NOT_ALLOWED', { params: { from: order.status, to: input.status } });
    await changeRow(tx, purchaseOrder, order.id, { status: input.status });
    return ok({ purchaseOrder: order.id });
  },
});

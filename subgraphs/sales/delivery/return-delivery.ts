import { LATEST_DAY } from '@valeo/finance/ledger/ledger.ts';
import { moveStock } from '@valeo/inventory/stock/stock.ts';
import { today } from '@valeo/kit/day.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, failField, ok, type Result } from '@valeo/kit/result.ts';
import { changeRow } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList, zQuantity, zText } from '@valeo/kit/validate.ts';
import { fromUnits, QUANTITY_SCALE, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { zBusinessDay } from '../document/document.input.ts';
import { refreshChain } from '../document/refresh-chain.ts';
import { deliveries } from './delivery.list.ts';
import { type DeliveryLineRow, delivery, deliveryLine } from './delivery.tables.ts';
import { DELIVERY_SOURCE, lockDeliveries } from './ship-deliveries.ts';

const zReturned = z.object({ position: z.int().min(1), quantity: zQuantity('positive') });

export const returnDelivery = defineMutation({
  name: 'returnDelivery',
  description:
    'Takes goods of a shipped delivery back, all that is still out unless lines are given: they return to the stock, and the order can be delivered again. It is RETURNED once everything is back. What was billed of them is credited by a credit note.',
  permission: 'sales:write',
  input: z.object({
    id: zId(),
    reason: zText(200),
    returnedOn: zBusinessDay().nullish(),
    lines: zList(zReturned, 2000).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'NOT_SHIPPED', 'OVER_RETURNED', 'DATE_OUT_OF_RANGE'],
  payload: { delivery: deliveries },
  async run(tx, input) {
    const found = (await lockDeliveries(tx, [input.id])).get(input.id);
    if (!found) return fail('NOT_FOUND');
    if (found.status !== 'SHIPPED') return fail('NOT_SHIPPED', { params: { number: found.number } });
    const lines = await tx.db
      .select()
      .from(deliveryLine)
      .where(eq(deliveryLine.deliveryId, found.id))
      .orderBy(deliveryLine.position);
    const back = comingBack(lines, input.lines);
    if (!back.ok) return back;
    // A delivery may be dated ahead; it does not come back before.
    const returnedOn = input.returnedOn ?? (today() < found.deliverOn ? found.deliverOn : today());
    if (returnedOn < found.deliverOn)
      return failField('DATE_OUT_OF_RANGE', 'returnedOn', { from: found.deliverOn, to: LATEST_DAY });
    await moveStock(
      tx,
      [...back.value].map(([{ articleId, position }, quantity]) => ({
        articleId,
        warehouseId: found.warehouseId,
        quantity: fromUnits(quantity, QUANTITY_SCALE),
        kind: 'RETURN' as const,
        movedOn: returnedOn,
        reason: input.reason,
        source: { type: DELIVERY_SOURCE, id: found.id, line: position },
      })),
    );
    await keepReturned(tx, found.id, back.value);
    const isAllBack = lines.every((line) => outOf(line) === (back.value.get(line) ?? 0n));
    await changeRow(
      tx,
      delivery,
      found.id,
      isAllBack ? { status: 'RETURNED', returnedOn, returnReason: input.reason } : {},
    );
    await refreshChain(tx, { orderIds: found.orderId ? [found.orderId] : [] });
    return ok({ delivery: found.id });
  },
});

const outOf = ({ quantity, returned }: DeliveryLineRow): bigint =>
  toUnits(quantity, QUANTITY_SCALE) - toUnits(returned, QUANTITY_SCALE);

/** How much of which line comes back. */
function comingBack(
  lines: readonly DeliveryLineRow[],
  given: readonly z.infer<typeof zReturned>[] | null | undefined,
): Result<ReadonlyMap<DeliveryLineRow, bigint>, 'OVER_RETURNED'> {
  const back = new Map<DeliveryLineRow, bigint>();
  if (!given) for (const line of lines) if (outOf(line) > 0n) back.set(line, outOf(line));
  const faults = (given ?? []).flatMap(({ position, quantity }, at): FieldFault[] => {
    const line = lines.find((each) => each.position === position);
    if (!line) {
      const params = { sentence: 'OVER_RETURNED.NO_LINE', position: String(position) };
      return [{ path: `lines.${at}.position`, code: 'OVER_RETURNED', params }];
    }
    const all = (back.get(line) ?? 0n) + toUnits(quantity, QUANTITY_SCALE);
    if (all > outOf(line)) {
      const params = { sku: line.sku, open: trimDecimal(fromUnits(outOf(line), QUANTITY_SCALE)) };
      return [{ path: `lines.${at}.quantity`, code: 'OVER_RETURNED', params }];
    }
    back.set(line, all);
    return [];
  });
  const [first] = faults;
  return first ? fail('OVER_RETURNED', { params: { ...first.params }, fields: faults }) : ok(back);
}

async function keepReturned(tx: Tx, id: string, back: ReadonlyMap<DeliveryLineRow, bigint>): Promise<void> {
  await tx.query(
    `UPDATE sales.delivery_line l SET returned = l.returned + b.quantity FROM unnest($2::int[], $3::numeric[]) AS b (position, quantity)
     WHERE l.delivery_id = $1 AND l.position = b.position`,
    [
      id,
      [...back.keys()].map(({ position }) => position),
      [...back.values()].map((quantity) => fromUnits(quantity, QUANTITY_SCALE)),
    ],
    'keep_returned',
  );
}

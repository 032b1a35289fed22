import { today } from '@valeo/kit/day.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zDateWithin, zId, zKey, zList, zQuantity, zText } from '@valeo/kit/validate.ts';
import { fromUnits, QUANTITY_SCALE, toUnits } from '@valeo/money/decimal.ts';
import { z } from 'zod';
import { stockMovements } from './stock.list.ts';
import { moveStock, standardWarehouse } from './stock.ts';

const zAdjustment = z
  .object({
    articleId: zId(),
    warehouseId: zId().nullish(),
    quantity: zQuantity('any')
      .refine((quantity) => !/^-?0(\.0*)?$/.test(quantity), { params: { code: 'QUANTITY_ZERO' } })
      .nullish(),
    counted: zQuantity('notNegative').nullish(),
    reason: zText(200),
    movedOn: zDateWithin('1980-01-01', '2100-12-31', 'INVALID_DATE').nullish(),
    kind: z.enum(['ADJUSTMENT', 'OPENING']).nullish(),
    derived: z.boolean().nullish(),
    externalNumber: zText(60).nullish(),
  })
  .refine((item) => item.quantity != null || item.counted != null, {
    path: ['quantity'],
    params: { code: 'REQUIRED' },
  })
  .refine((item) => item.quantity == null || item.counted == null, {
    path: ['counted'],
    params: { code: 'INVALID_VALUE' },
  });
type Adjustment = z.infer<typeof zAdjustment>;

export const adjustStock = defineMutation({
  name: 'adjustStock',
  description:
    'Corrects quantities on hand with a reason, all or none: by a change, or to what was counted. A count that agrees moves nothing.',
  permission: 'inventory:write',
  input: z.object({ items: zList(zAdjustment, 1000), dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: ['UNKNOWN_ARTICLE', 'ARTICLE_HAS_NO_STOCK', 'UNKNOWN_WAREHOUSE', 'QUANTITY_ZERO', 'EXTERNAL_NUMBER_TAKEN'],
  payload: { stockMovements },
  bulk: 'items',
  async run(tx, input) {
    const articles = await tx.query<{ id: string; kind: string }>(
      'SELECT id, kind FROM inventory.article WHERE id = ANY($1)',
      [input.items.map((item) => item.articleId)],
    );
    const warehouses = await tx.query<{ id: string }>('SELECT id FROM inventory.warehouse WHERE id = ANY($1)', [
      input.items.flatMap((item) => item.warehouseId ?? []),
    ]);
    const taken = await takenNumbers(
      tx,
      input.items.flatMap((item) => item.externalNumber ?? []),
    );
    const kindOf = new Map(articles.map((row) => [row.id, row.kind]));
    const known = new Set(warehouses.map((row) => row.id));
    const faults = input.items.flatMap((item, index): FieldFault[] => {
      const kind = kindOf.get(item.articleId);
      return [
        ...(kind === undefined ? [{ path: `items.${index}.articleId`, code: 'UNKNOWN_ARTICLE' }] : []),
        ...(kind === 'SERVICE' ? [{ path: `items.${index}.articleId`, code: 'ARTICLE_HAS_NO_STOCK' }] : []),
        ...(item.externalNumber && taken.has(item.externalNumber)
          ? [
              {
                path: `items.${index}.externalNumber`,
                code: 'EXTERNAL_NUMBER_TAKEN',
                params: { number: item.externalNumber },
              },
            ]
          : []),
        ...(item.warehouseId && !known.has(item.warehouseId)
          ? [{ path: `items.${index}.warehouseId`, code: 'UNKNOWN_WAREHOUSE' }]
          : []),
      ];
    });
    if (faults.length > 0) return fail('INVALID_INPUT', { fields: faults });
    const day = today();
    const batch = newId();
    const changes = await changesOf(tx, input.items);
    await moveStock(
      tx,
      input.items.map((item, line) => ({
        articleId: item.articleId,
        warehouseId: item.warehouseId ?? null,
        quantity: changes[line] ?? '0',
        kind: item.kind ?? 'ADJUSTMENT',
        derived: item.derived ?? false,
        externalNumber: item.externalNumber ?? null,
        movedOn: item.movedOn ?? day,
        reason: item.reason,
        source: { type: 'adjustment', id: batch, line },
      })),
    );
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM inventory.stock_movement WHERE source_id = $1 ORDER BY source_line',
      [batch],
    );
    return ok({ stockMovements: rows.map((row) => row.id) });
  },
});

/**
 * The signed change of each item. A count is compared with what is on hand at this moment, so that nothing which moves meanwhile is
 * lost; a second count of the same place sees the first.
 */
async function changesOf(tx: Tx, items: readonly Adjustment[]): Promise<string[]> {
  if (items.every((item) => item.counted == null)) return items.map((item) => item.quantity ?? '0');
  const standard = await standardWarehouse(tx);
  // A place without goods has no balance to lock, so counts of a company wait for each other.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('inventory.count'), hashtext($1))`, [tx.tenantId]);
  const rows = await tx.query<{ article_id: string; warehouse_id: string; on_hand: string }>(
    `SELECT article_id, warehouse_id, on_hand FROM inventory.stock_balance WHERE article_id = ANY($1::uuid[])
     ORDER BY article_id, warehouse_id FOR UPDATE`,
    [items.map((item) => item.articleId)],
    'lock_balances',
  );
  const units = (quantity: string) => toUnits(quantity, QUANTITY_SCALE);
  const onHand = new Map(rows.map((row) => [`${row.article_id} ${row.warehouse_id}`, units(row.on_hand)]));
  return items.map((item) => {
    const place = `${item.articleId} ${item.warehouseId ?? standard}`;
    const before = onHand.get(place) ?? 0n;
    const change = item.counted == null ? units(item.quantity ?? '0') : units(item.counted) - before;
    onHand.set(place, before + change);
    return fromUnits(change, QUANTITY_SCALE);
  });
}

/** Numbers that are stored already. Waits for other calls that store some, so that no number comes in twice. */
async function takenNumbers(tx: Tx, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('inventory.external_number'), hashtext($1))`, [tx.tenantId]);
  const rows = await tx.query<{ external_number: string }>(
    'SELECT DISTINCT external_number FROM inventory.stock_movement WHERE external_number = ANY($1)',
    [numbers],
  );
  return new Set(rows.map((row) => row.external_number));
}

import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok } from '@valeo/kit/result.ts';
import { zDate, zDecimal, zId, zKey, zList, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { stockMovements } from './stock.list.ts';
import { moveStock } from './stock.ts';

const zAdjustment = z.object({
  articleId: zId(),
  warehouseId: zId().nullish(),
  quantity: zDecimal(4).refine((quantity) => !/^-?0(\.0*)?$/.test(quantity), { params: { code: 'QUANTITY_ZERO' } }),
  reason: zText(200),
  movedOn: zDate().nullish(),
});

export const adjustStock = defineMutation({
  name: 'adjustStock',
  description: 'Corrects quantities on hand with a reason, all or none.',
  permission: 'inventory:write',
  input: z.object({ items: zList(zAdjustment, 1000), dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: ['UNKNOWN_ARTICLE', 'ARTICLE_HAS_NO_STOCK', 'UNKNOWN_WAREHOUSE', 'QUANTITY_ZERO'],
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
    const kindOf = new Map(articles.map((row) => [row.id, row.kind]));
    const known = new Set(warehouses.map((row) => row.id));
    const faults = input.items.flatMap((item, index): FieldFault[] => {
      const kind = kindOf.get(item.articleId.toLowerCase());
      return [
        ...(kind === undefined ? [{ path: `items.${index}.articleId`, code: 'UNKNOWN_ARTICLE' }] : []),
        ...(kind === 'SERVICE' ? [{ path: `items.${index}.articleId`, code: 'ARTICLE_HAS_NO_STOCK' }] : []),
        ...(item.warehouseId && !known.has(item.warehouseId.toLowerCase())
          ? [{ path: `items.${index}.warehouseId`, code: 'UNKNOWN_WAREHOUSE' }]
          : []),
      ];
    });
    if (faults.length > 0) return fail('INVALID_INPUT', { fields: faults });
    const today = new Date().toISOString().slice(0, 10);
    const batch = newId();
    await moveStock(
      tx,
      input.items.map((item, line) => ({
        articleId: item.articleId,
        warehouseId: item.warehouseId ?? null,
        quantity: item.quantity,
        kind: 'ADJUSTMENT',
        movedOn: item.movedOn ?? today,
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

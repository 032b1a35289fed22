import { moveStock } from '@valeo/inventory/stock/stock.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { fromUnits, toUnits } from '@valeo/money/decimal.ts';
import { eq, inArray } from 'drizzle-orm';
import { purchaseOrder } from '../order/purchase-order.tables.ts';
import { RECEIVABLE } from '../order/purchase-order-states.ts';
import { refreshOrders } from '../order/refresh-orders.ts';
import { type GoodsReceiptRow, goodsReceipt } from './receipt.tables.ts';

export const POST_RECEIPT_CODES = ['NOT_FOUND', 'NOT_EDITABLE', 'NOT_ORDERED_YET'] as const;

/** Source type of receipts in the stock ledger. */
const RECEIPT_SOURCE = 'purchasing.GoodsReceipt';

/** Locks receipts and their orders, in the order of their ids. */
export async function lockReceipts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, GoodsReceiptRow>> {
  await tx.query(
    'SELECT FROM purchasing.purchase_order WHERE id IN (SELECT order_id FROM purchasing.goods_receipt WHERE id = ANY($1::uuid[])) ORDER BY id FOR UPDATE',
    [ids],
    'lock_orders_of_receipts',
  );
  const rows = await tx.db
    .select()
    .from(goodsReceipt)
    .where(inArray(goodsReceipt.id, [...ids]))
    .orderBy(goodsReceipt.id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Number of the order of a receipt that takes no goods any more: it was cancelled or closed since the receipt was drafted. */
export async function doneOrderOf(tx: Tx, { orderId }: GoodsReceiptRow): Promise<string | undefined> {
  if (!orderId) return undefined;
  const [order] = await tx.db.select().from(purchaseOrder).where(eq(purchaseOrder.id, orderId));
  return order && !RECEIVABLE.has(order.status) ? order.number : undefined;
}

/** Accepted goods enter the stock; a fixed number of statements for any number of receipts. */
export async function postReceipts(tx: Tx, rows: ReadonlyMap<string, GoodsReceiptRow>): Promise<void> {
  await moveLines(tx, rows, 1n, (row) => row.receivedOn, null);
  await setStatus(tx, rows, 'POSTED');
}

export async function cancelReceipt(
  tx: Tx,
  rows: ReadonlyMap<string, GoodsReceiptRow>,
  day: string,
  reason: string,
): Promise<void> {
  await moveLines(tx, rows, -1n, () => day, reason);
  await setStatus(tx, rows, 'CANCELLED');
}

async function setStatus(
  tx: Tx,
  rows: ReadonlyMap<string, GoodsReceiptRow>,
  status: 'POSTED' | 'CANCELLED',
): Promise<void> {
  await tx.query(
    'UPDATE purchasing.goods_receipt SET status = $2, version = version + 1, updated_at = now() WHERE id = ANY($1::uuid[])',
    [[...rows.keys()], status],
    'set_receipt_status',
  );
  await refreshOrders(
    tx,
    [...rows.values()].flatMap(({ orderId }) => orderId ?? []),
  );
}

async function moveLines(
  tx: Tx,
  rows: ReadonlyMap<string, GoodsReceiptRow>,
  sign: 1n | -1n,
  dayOf: (row: GoodsReceiptRow) => string,
  reason: string | null,
): Promise<void> {
  const lines = await tx.query<{
    receipt_id: string;
    position: number;
    article_id: string;
    received: string;
    rejected: string;
  }>(
    'SELECT receipt_id, position, article_id, received, rejected FROM purchasing.goods_receipt_line WHERE receipt_id = ANY($1::uuid[]) ORDER BY receipt_id, position',
    [[...rows.keys()]],
    'lines_of_receipts',
  );
  await moveStock(
    tx,
    lines.flatMap((line) => {
      const row = rows.get(line.receipt_id);
      if (!row) return [];
      return [
        {
          articleId: line.article_id,
          warehouseId: row.warehouseId,
          quantity: fromUnits(sign * (toUnits(line.received, 4) - toUnits(line.rejected, 4)), 4),
          kind: 'RECEIPT' as const,
          movedOn: dayOf(row),
          reason,
          source: { type: RECEIPT_SOURCE, id: row.id, line: line.position },
        },
      ];
    }),
  );
}

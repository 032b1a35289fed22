import type { FieldFault } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { inArray } from 'drizzle-orm';
import {
  type PurchaseOrderLineRow,
  type PurchaseOrderRow,
  purchaseOrder,
  purchaseOrderLine,
} from './purchase-order.tables.ts';

/** An order that a receipt or bill refers to. */
export interface KnownOrder {
  readonly order: PurchaseOrderRow;
  readonly lines: readonly PurchaseOrderLineRow[];
}

interface Referring {
  readonly orderId?: string | null;
  readonly supplierId?: string | null;
  readonly lines?: readonly { readonly orderLine?: number | null; readonly articleId?: string | null }[] | null;
}

/**
 * Locks and reads the orders that inputs refer to, in two statements, and notes references that do not fit. A line of an order
 * that is not there would count nowhere, and another article as what was ordered.
 */
export async function ordersOf(
  tx: Tx,
  inputs: readonly Referring[],
  at: (index: number) => string,
  faults: FieldFault[],
): Promise<ReadonlyMap<string, KnownOrder>> {
  const ids = [...new Set(inputs.flatMap(({ orderId }) => orderId ?? []))];
  const known = ids.length > 0 ? await knownOrders(tx, ids) : new Map<string, KnownOrder>();
  inputs.forEach((input, index) => {
    const found = input.orderId ? known.get(input.orderId) : undefined;
    const foreign = input.supplierId && found && found.order.supplierId !== input.supplierId;
    if (input.orderId && (!found || foreign))
      return void faults.push({ path: `${at(index)}orderId`, code: 'UNKNOWN_ORDER' });
    input.lines?.forEach(({ orderLine, articleId }, position) => {
      if (!orderLine) return;
      const path = `${at(index)}lines.${position}.orderLine`;
      const ordered = found?.lines.find((line) => line.position === orderLine);
      if (!ordered) faults.push({ path, code: 'UNKNOWN_ORDER_LINE' });
      else if (articleId && articleId !== ordered.articleId) {
        const params = { sentence: 'UNKNOWN_ORDER_LINE.OTHER_ARTICLE', sku: ordered.sku };
        faults.push({ path, code: 'UNKNOWN_ORDER_LINE', params });
      }
    });
  });
  return known;
}

async function knownOrders(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, KnownOrder>> {
  const orders = await tx.db
    .select()
    .from(purchaseOrder)
    .where(inArray(purchaseOrder.id, [...ids]))
    .orderBy(purchaseOrder.id)
    .for('update');
  const rows = await tx.db
    .select()
    .from(purchaseOrderLine)
    .where(inArray(purchaseOrderLine.orderId, [...ids]))
    .orderBy(purchaseOrderLine.position);
  const lines = Map.groupBy(rows, (row) => row.orderId);
  return new Map(orders.map((order) => [order.id, { order, lines: lines.get(order.id) ?? [] }]));
}

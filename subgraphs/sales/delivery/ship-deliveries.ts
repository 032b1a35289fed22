import { moveStock } from '@valeo/inventory/stock/stock.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { inArray } from 'drizzle-orm';
import { draftedOf } from '../document/drafted.ts';
import { refreshChain } from '../document/refresh-chain.ts';
import { type DeliveryRow, delivery } from './delivery.tables.ts';

/** Source type of deliveries in the stock ledger. */
export const DELIVERY_SOURCE = 'sales.Delivery';

export type ShipCode = 'NOT_FOUND' | 'NOT_EDITABLE' | 'NOT_CONFIRMED' | 'OVER_DELIVERY';

/** Ships drafts, all or none: stock leaves and the orders count it, in a fixed number of statements. */
export async function shipDeliveries(
  tx: Tx,
  ids: readonly string[],
  shippedOn: string | null,
  at: (index: number) => string = (index) => `items.${index}.`,
): Promise<Result<string[], ShipCode>> {
  const rows = await lockDeliveries(tx, ids);
  const faults = ids.flatMap((id, index): FieldFault[] => {
    const row = rows.get(id);
    if (!row) return [{ path: `${at(index)}id`, code: 'NOT_FOUND' }];
    return row.status === 'DRAFT'
      ? []
      : [{ path: `${at(index)}id`, code: 'NOT_EDITABLE', params: { number: row.number } }];
  });
  faults.push(...(await cancelledOrders(tx, ids, at)), ...(await overDeliveries(tx, ids, at)));
  const [first] = faults;
  if (first) return fail(first.code as ShipCode, { params: { ...first.params }, fields: faults });

  await issueLines(tx, rows, (row) => shippedOn ?? row.deliverOn);
  await tx.query(
    `UPDATE sales.delivery SET status = 'SHIPPED', deliver_on = coalesce($2::date, deliver_on), version = version + 1, updated_at = now()
     WHERE id = ANY($1::uuid[])`,
    [ids, shippedOn],
    'ship_deliveries',
  );
  await refreshChain(tx, { orderIds: [...rows.values()].flatMap(({ orderId }) => orderId ?? []) });
  return ok([...ids]);
}

/** Locks deliveries and their orders, in the order of their ids so that two requests cannot wait for each other. */
export async function lockDeliveries(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, DeliveryRow>> {
  await tx.query(
    'SELECT FROM sales.sales_order WHERE id IN (SELECT order_id FROM sales.delivery WHERE id = ANY($1::uuid[])) ORDER BY id FOR UPDATE',
    [ids],
    'lock_orders_of_deliveries',
  );
  const rows = await tx.db
    .select()
    .from(delivery)
    .where(inArray(delivery.id, [...ids]))
    .orderBy(delivery.id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Deliveries of orders of which what was open has been cancelled since. */
async function cancelledOrders(tx: Tx, ids: readonly string[], at: (index: number) => string): Promise<FieldFault[]> {
  const rows = await tx.query<{ position: number; number: string }>(
    `SELECT w.position, o.number FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, position)
     JOIN sales.delivery d ON d.id = w.id JOIN sales.sales_order o ON o.id = d.order_id
     WHERE o.status IN ('DRAFT', 'CANCELLED') OR o.cancel_reason IS NOT NULL ORDER BY 1`,
    [ids],
    'deliveries_of_cancelled_orders',
  );
  return rows.map(({ position, number }) => ({
    path: `${at(position - 1)}id`,
    code: 'NOT_CONFIRMED',
    params: { number },
  }));
}

/** Deliveries that would bring more than was ordered. */
async function overDeliveries(tx: Tx, ids: readonly string[], at: (index: number) => string): Promise<FieldFault[]> {
  const rows = await tx.query<{ position: number; sku: string; open: string }>(
    `SELECT w.position, o.sku, trim_scale(greatest(o.quantity - o.delivered - ${draftedOf('o')}, 0))::text AS open
     FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, position) JOIN sales.delivery d ON d.id = w.id
     JOIN sales.delivery_line l ON l.delivery_id = d.id
     JOIN sales.sales_order_line o ON o.order_id = d.order_id AND o.position = l.order_line
     JOIN (SELECT x.order_id, y.order_line, sum(y.quantity) AS quantity FROM sales.delivery x JOIN sales.delivery_line y ON y.delivery_id = x.id
           WHERE x.id = ANY($1::uuid[]) GROUP BY 1, 2) wanted ON wanted.order_id = d.order_id AND wanted.order_line = l.order_line
     WHERE o.delivered + ${draftedOf('o')} + wanted.quantity > o.quantity ORDER BY 1`,
    [ids],
    'over_deliveries',
  );
  return rows.map(({ position, sku, open }) => ({
    path: `${at(position - 1)}lines`,
    code: 'OVER_DELIVERY',
    params: { sku, open },
  }));
}

/** The goods of deliveries leave. */
async function issueLines(
  tx: Tx,
  rows: ReadonlyMap<string, DeliveryRow>,
  dayOf: (row: DeliveryRow) => string,
): Promise<void> {
  const lines = await tx.query<{ delivery_id: string; position: number; article_id: string; quantity: string }>(
    'SELECT delivery_id, position, article_id, quantity FROM sales.delivery_line WHERE delivery_id = ANY($1::uuid[]) ORDER BY delivery_id, position',
    [[...rows.keys()]],
    'lines_of_deliveries',
  );
  await moveStock(
    tx,
    lines.flatMap((line) => {
      const row = rows.get(line.delivery_id);
      if (!row) return [];
      return [
        {
          articleId: line.article_id,
          warehouseId: row.warehouseId,
          quantity: `-${line.quantity}`,
          kind: 'ISSUE' as const,
          movedOn: dayOf(row),
          source: { type: DELIVERY_SOURCE, id: row.id, line: line.position },
        },
      ];
    }),
  );
}

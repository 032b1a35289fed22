import type { Tx } from '@valeo/kit/tenant-db.ts';

/**
 * Sums up what has been received and billed of orders, from the documents and never by counting on, and brings their states
 * up to date. To be called after receipts and bills change, under the lock of the orders.
 */
export async function refreshOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  const orders = [...new Set(orderIds)];
  if (orders.length === 0) return;
  await tx.query(
    `WITH now AS (
       SELECT order_id, line, sum(received) AS received, sum(rejected) AS rejected, sum(billed) AS billed FROM (
         SELECT order_id, position AS line, 0 AS received, 0 AS rejected, 0 AS billed FROM purchasing.purchase_order_line WHERE order_id = ANY($1::uuid[])
         UNION ALL
         SELECT r.order_id, l.order_line, l.received, l.rejected, 0
         FROM purchasing.goods_receipt r JOIN purchasing.goods_receipt_line l ON l.receipt_id = r.id
         WHERE r.order_id = ANY($1::uuid[]) AND r.status = 'POSTED' AND l.order_line IS NOT NULL
         UNION ALL
         SELECT b.order_id, l.order_line, 0, 0, l.quantity
         FROM purchasing.supplier_invoice b JOIN purchasing.supplier_invoice_line l ON l.invoice_id = b.id
         WHERE b.order_id = ANY($1::uuid[]) AND b.status <> 'CANCELLED' AND l.order_line IS NOT NULL
       ) document GROUP BY 1, 2
     )
     UPDATE purchasing.purchase_order_line o SET received = now.received, rejected = now.rejected, billed = now.billed FROM now
     WHERE o.order_id = now.order_id AND o.position = now.line
       AND (o.received, o.rejected, o.billed) IS DISTINCT FROM (now.received, now.rejected, now.billed)`,
    [orders],
    'refresh_purchase_order_lines',
  );
  await tx.query(
    `WITH sums AS (
       SELECT order_id, bool_and(received >= quantity) AS complete, bool_or(received > 0) AS started
       FROM purchasing.purchase_order_line WHERE order_id = ANY($1::uuid[]) GROUP BY 1
     ), states AS (
       SELECT o.id, CASE WHEN s.complete THEN 'RECEIVED' WHEN s.started THEN 'PARTIALLY_RECEIVED'
                         WHEN o.status IN ('PARTIALLY_RECEIVED', 'RECEIVED') THEN 'SENT' ELSE o.status END AS status
       FROM purchasing.purchase_order o JOIN sums s ON s.order_id = o.id
       WHERE o.status IN ('APPROVED', 'SENT', 'PARTIALLY_RECEIVED', 'RECEIVED')
     )
     UPDATE purchasing.purchase_order o SET status = n.status, version = o.version + 1, updated_at = now()
     FROM states n WHERE o.id = n.id AND o.status <> n.status`,
    [orders],
    'refresh_purchase_orders',
  );
}

import type { Tx } from '@valeo/kit/tenant-db.ts';

/**
 * Sums up what has been received and billed of orders, from the documents and never by counting on, and brings their states
 * up to date. To be called after receipts and bills change, under the lock of the orders.
 */
export async function refreshOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  const orders = [...new Set(orderIds)];
  if (orders.length === 0) return;
  await tx.query(
    `WITH came AS (
       SELECT r.order_id, l.order_line AS line, sum(l.received) AS received, sum(l.rejected) AS rejected
       FROM purchasing.goods_receipt r JOIN purchasing.goods_receipt_line l ON l.receipt_id = r.id
       WHERE r.order_id = ANY($1::uuid[]) AND r.status = 'POSTED' GROUP BY 1, 2
     ), billed AS (
       SELECT b.order_id, l.order_line AS line, sum(l.quantity) AS quantity
       FROM purchasing.supplier_invoice b JOIN purchasing.supplier_invoice_line l ON l.invoice_id = b.id
       WHERE b.order_id = ANY($1::uuid[]) AND b.status <> 'CANCELLED' GROUP BY 1, 2
     ), now AS (
       SELECT o.order_id, o.position, coalesce(c.received, 0) AS received, coalesce(c.rejected, 0) AS rejected, coalesce(b.quantity, 0) AS billed
       FROM purchasing.purchase_order_line o
       LEFT JOIN came c ON c.order_id = o.order_id AND c.line = o.position
       LEFT JOIN billed b ON b.order_id = o.order_id AND b.line = o.position
       WHERE o.order_id = ANY($1::uuid[])
     )
     UPDATE purchasing.purchase_order_line o SET received = now.received, rejected = now.rejected, billed = now.billed FROM now
     WHERE o.order_id = now.order_id AND o.position = now.position
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

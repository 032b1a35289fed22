import type { Tx } from '@valeo/kit/tenant-db.ts';

/** Documents whose quantities may have changed. */
export interface ChainLinks {
  readonly orderIds: readonly string[];
  readonly deliveryIds?: readonly string[];
}

/**
 * Brings orders and deliveries up to date after a delivery or invoice changed: delivered and invoiced quantities are summed
 * up from the documents, never counted on, so that they cannot drift. What an invoice bills without a delivery leaves with
 * the invoice and counts as delivered once that is posted. Does nothing for documents without orders and deliveries.
 */
export async function refreshChain(tx: Tx, { orderIds, deliveryIds = [] }: ChainLinks): Promise<void> {
  if (deliveryIds.length > 0) {
    await tx.query(
      `UPDATE sales.delivery d SET invoiced = f.invoiced, version = d.version + 1, updated_at = now()
       FROM (SELECT id, EXISTS (SELECT FROM sales.sales_invoice_line l JOIN sales.sales_invoice i ON i.id = l.invoice_id
                                WHERE l.delivery_id = delivery.id AND i.status <> 'CANCELLED' AND i.kind = 'INVOICE') AS invoiced
             FROM sales.delivery WHERE id = ANY($1::uuid[])) f
       WHERE d.id = f.id AND d.invoiced <> f.invoiced`,
      [[...new Set(deliveryIds)]],
      'refresh_deliveries',
    );
  }
  const orders = [...new Set(orderIds)];
  if (orders.length === 0) return;
  // What is summed up is read when the statement starts: whoever changes a document of the same order waits here.
  await tx.query(
    'SELECT FROM sales.sales_order WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [orders],
    'lock_orders_to_refresh',
  );
  await tx.query(
    `WITH now AS (
       SELECT order_id, line, sum(delivered) AS delivered, sum(invoiced) AS invoiced FROM (
         SELECT order_id, position AS line, 0 AS delivered, 0 AS invoiced FROM sales.sales_order_line WHERE order_id = ANY($1::uuid[])
         UNION ALL
         SELECT d.order_id, l.order_line, l.quantity - l.returned, 0 FROM sales.delivery d JOIN sales.delivery_line l ON l.delivery_id = d.id
         WHERE d.order_id = ANY($1::uuid[]) AND d.status = 'SHIPPED' AND l.order_line IS NOT NULL
         UNION ALL
         SELECT i.order_id, l.order_line, CASE WHEN l.delivery_id IS NULL AND i.status = 'POSTED' THEN l.quantity ELSE 0 END, l.quantity
         FROM sales.sales_invoice i JOIN sales.sales_invoice_line l ON l.invoice_id = i.id
         WHERE i.order_id = ANY($1::uuid[]) AND i.kind = 'INVOICE' AND i.status <> 'CANCELLED' AND i.cancels_id IS NULL AND l.order_line IS NOT NULL
       ) document GROUP BY 1, 2
     )
     UPDATE sales.sales_order_line o SET delivered = now.delivered, invoiced = now.invoiced FROM now
     WHERE o.order_id = now.order_id AND o.position = now.line AND (o.delivered, o.invoiced) IS DISTINCT FROM (now.delivered, now.invoiced)`,
    [orders],
    'refresh_order_lines',
  );
  await tx.query(
    `WITH sums AS (
       SELECT order_id, bool_and(delivered >= quantity OR kind = 'SERVICE') AS delivered, bool_or(delivered > 0) AS some_delivered,
              bool_and(invoiced >= quantity) AS invoiced, bool_or(invoiced > 0) AS some_invoiced,
              NOT EXISTS (SELECT FROM sales.sales_invoice i JOIN sales.sales_invoice_line b ON b.invoice_id = i.id
                          WHERE i.order_id = l.order_id AND i.kind = 'INVOICE' AND i.status = 'DRAFT' AND b.order_line IS NOT NULL) AS posted
       FROM sales.sales_order_line l WHERE order_id = ANY($1::uuid[]) GROUP BY order_id
     ), states AS (
       SELECT o.id, CASE WHEN s.delivered THEN 'COMPLETE' WHEN s.some_delivered THEN 'PARTIAL' ELSE 'NONE' END AS delivery_status,
              CASE WHEN s.invoiced THEN 'COMPLETE' WHEN s.some_invoiced THEN 'PARTIAL' ELSE 'NONE' END AS invoice_status,
              CASE WHEN o.status = 'CONFIRMED' AND s.delivered AND s.invoiced AND s.posted THEN 'CLOSED'
                   WHEN o.status = 'CLOSED' AND o.cancel_reason IS NULL AND NOT (s.delivered AND s.invoiced AND s.posted) THEN 'CONFIRMED' ELSE o.status END AS status
       FROM sales.sales_order o JOIN sums s ON s.order_id = o.id
     )
     UPDATE sales.sales_order o SET delivery_status = n.delivery_status, invoice_status = n.invoice_status, status = n.status,
       version = o.version + 1, updated_at = now()
     FROM states n WHERE o.id = n.id AND (o.delivery_status, o.invoice_status, o.status) IS DISTINCT FROM (n.delivery_status, n.invoice_status, n.status)`,
    [orders],
    'refresh_orders',
  );
}

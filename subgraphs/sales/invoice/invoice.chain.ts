import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type ChainLinks, refreshChain } from '../document/refresh-chain.ts';

/** Orders and deliveries that stored invoices bill. */
export async function chainOf(tx: Tx, invoiceIds: readonly string[]): Promise<ChainLinks> {
  const rows = await tx.query<{ order_id: string | null; delivery_id: string | null }>(
    `SELECT DISTINCT i.order_id, l.delivery_id FROM sales.sales_invoice i JOIN sales.sales_invoice_line l ON l.invoice_id = i.id
     WHERE i.id = ANY($1::uuid[]) AND (i.order_id IS NOT NULL OR l.delivery_id IS NOT NULL)`,
    [invoiceIds],
    'chain_of_invoices',
  );
  return {
    orderIds: rows.flatMap((row) => row.order_id ?? []),
    deliveryIds: rows.flatMap((row) => row.delivery_id ?? []),
  };
}

/** Orders and deliveries of invoices that were cancelled can be billed again. */
export async function refreshInvoiceChain(tx: Tx, invoiceIds: readonly string[]): Promise<void> {
  await refreshChain(tx, await chainOf(tx, invoiceIds));
}

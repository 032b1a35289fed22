import type { Ctx } from '@valeo/kit/context.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq, inArray } from 'drizzle-orm';
import { type DeliveryRow, delivery } from '../delivery/delivery.tables.ts';
import { type SalesInvoiceRow, salesInvoice } from '../invoice/invoice.tables.ts';
import { type SalesOrderLineRow, type SalesOrderRow, salesOrder, salesOrderLine } from './order.tables.ts';

export async function lockOrder(tx: Tx, id: string): Promise<SalesOrderRow | undefined> {
  const [row] = await tx.db.select().from(salesOrder).where(eq(salesOrder.id, id)).for('update');
  return row;
}

export async function orderLines(ctx: Ctx, orderId: string): Promise<SalesOrderLineRow[]> {
  const loader = ctx.loader<string, SalesOrderLineRow[]>('order lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(salesOrderLine)
      .where(inArray(salesOrderLine.orderId, [...ids]))
      .orderBy(asc(salesOrderLine.orderId), asc(salesOrderLine.position));
    return Map.groupBy(rows, (row) => row.orderId);
  });
  return (await loader.load(orderId)) ?? [];
}

export async function deliveriesOfOrder(ctx: Ctx, orderId: string): Promise<DeliveryRow[]> {
  const loader = ctx.loader<string, DeliveryRow[]>('deliveries of order', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(delivery)
      .where(inArray(delivery.orderId, [...ids]))
      .orderBy(asc(delivery.id));
    return Map.groupBy(rows, (row) => row.orderId ?? '');
  });
  return (await loader.load(orderId)) ?? [];
}

export async function invoicesOfOrder(ctx: Ctx, orderId: string): Promise<SalesInvoiceRow[]> {
  const loader = ctx.loader<string, SalesInvoiceRow[]>('invoices of order', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(salesInvoice)
      .where(inArray(salesInvoice.orderId, [...ids]))
      .orderBy(asc(salesInvoice.id));
    return Map.groupBy(rows, (row) => row.orderId ?? '');
  });
  return (await loader.load(orderId)) ?? [];
}

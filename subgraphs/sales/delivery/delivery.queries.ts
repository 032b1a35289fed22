import type { Ctx } from '@valeo/kit/context.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { and, asc, eq, exists, inArray, sql } from 'drizzle-orm';
import { type SalesInvoiceRow, salesInvoice, salesInvoiceLine } from '../invoice/invoice.tables.ts';
import { type DeliveryLineRow, type DeliveryRow, delivery, deliveryLine } from './delivery.tables.ts';

export async function lockDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await tx.db.select().from(delivery).where(eq(delivery.id, id)).for('update');
  return row;
}

export async function deliveryLines(ctx: Ctx, deliveryId: string): Promise<DeliveryLineRow[]> {
  const loader = ctx.loader<string, DeliveryLineRow[]>('delivery lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(deliveryLine)
      .where(inArray(deliveryLine.deliveryId, [...ids]))
      .orderBy(asc(deliveryLine.deliveryId), asc(deliveryLine.position));
    return Map.groupBy(rows, (row) => row.deliveryId);
  });
  return (await loader.load(deliveryId)) ?? [];
}

export async function invoicesOfDelivery(ctx: Ctx, deliveryId: string): Promise<SalesInvoiceRow[]> {
  const loader = ctx.loader<string, SalesInvoiceRow[]>('invoices of delivery', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .selectDistinct({ deliveryId: salesInvoiceLine.deliveryId, invoice: salesInvoice })
      .from(salesInvoiceLine)
      .innerJoin(salesInvoice, eq(salesInvoice.id, salesInvoiceLine.invoiceId))
      .where(inArray(salesInvoiceLine.deliveryId, [...ids]))
      .orderBy(asc(salesInvoice.id));
    return new Map(
      [...Map.groupBy(rows, (row) => row.deliveryId ?? '')].map(([id, found]) => [
        id,
        found.map(({ invoice }) => invoice),
      ]),
    );
  });
  return (await loader.load(deliveryId)) ?? [];
}

/** Deliveries that an invoice bills. */
export async function deliveriesOfInvoice(ctx: Ctx, invoiceId: string): Promise<DeliveryRow[]> {
  const loader = ctx.loader<string, DeliveryRow[]>('deliveries of invoice', async (ids) => {
    const tx = await ctx.read();
    const links = await tx.db
      .selectDistinct({ invoiceId: salesInvoiceLine.invoiceId, deliveryId: salesInvoiceLine.deliveryId })
      .from(salesInvoiceLine)
      .where(and(inArray(salesInvoiceLine.invoiceId, [...ids]), sql`${salesInvoiceLine.deliveryId} is not null`));
    const rows = await tx.db
      .select()
      .from(delivery)
      .where(
        exists(
          tx.db
            .select({ one: sql`1` })
            .from(salesInvoiceLine)
            .where(and(eq(salesInvoiceLine.deliveryId, delivery.id), inArray(salesInvoiceLine.invoiceId, [...ids]))),
        ),
      )
      .orderBy(asc(delivery.id));
    const byInvoice = Map.groupBy(links, (link) => link.invoiceId);
    return new Map(
      [...byInvoice].map(([id, own]) => [id, rows.filter((row) => own.some((link) => link.deliveryId === row.id))]),
    );
  });
  return (await loader.load(invoiceId)) ?? [];
}

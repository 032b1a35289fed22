import type { Ctx } from '@valeo/kit/context.ts';
import { asc, eq, getTableColumns, inArray } from 'drizzle-orm';
import {
  type SupplierInvoiceLineRow,
  type SupplierInvoiceRow,
  type SupplierPaymentRow,
  supplierInvoice,
  supplierInvoiceLine,
  supplierPayment,
  supplierPaymentCancellation,
} from './bill.tables.ts';

export async function billLines(ctx: Ctx, invoiceId: string): Promise<SupplierInvoiceLineRow[]> {
  const loader = ctx.loader<string, SupplierInvoiceLineRow[]>('bill lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(supplierInvoiceLine)
      .where(inArray(supplierInvoiceLine.invoiceId, [...ids]))
      .orderBy(asc(supplierInvoiceLine.invoiceId), asc(supplierInvoiceLine.position));
    return Map.groupBy(rows, (row) => row.invoiceId);
  });
  return (await loader.load(invoiceId)) ?? [];
}

export async function creditNotesOfBill(ctx: Ctx, invoiceId: string): Promise<SupplierInvoiceRow[]> {
  const loader = ctx.loader<string, SupplierInvoiceRow[]>('credit notes of bill', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(supplierInvoice)
      .where(inArray(supplierInvoice.correctsId, [...ids]))
      .orderBy(asc(supplierInvoice.id));
    return Map.groupBy(rows, (row) => row.correctsId ?? '');
  });
  return (await loader.load(invoiceId)) ?? [];
}

export async function paymentsOfBill(ctx: Ctx, invoiceId: string): Promise<SupplierPaymentRow[]> {
  const loader = ctx.loader<string, SupplierPaymentRow[]>('supplier payments', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select({
        ...getTableColumns(supplierPayment),
        cancelledOn: supplierPaymentCancellation.cancelledOn,
        cancelReason: supplierPaymentCancellation.reason,
        cancelEntryId: supplierPaymentCancellation.journalEntryId,
      })
      .from(supplierPayment)
      .leftJoin(supplierPaymentCancellation, eq(supplierPaymentCancellation.paymentId, supplierPayment.id))
      .where(inArray(supplierPayment.invoiceId, [...ids]))
      .orderBy(asc(supplierPayment.id));
    return Map.groupBy(rows, (row) => row.invoiceId);
  });
  return (await loader.load(invoiceId)) ?? [];
}

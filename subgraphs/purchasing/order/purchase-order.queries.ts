import type { Ctx } from '@valeo/kit/context.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq, inArray } from 'drizzle-orm';
import { type SupplierInvoiceRow, supplierInvoice } from '../bill/bill.tables.ts';
import { type GoodsReceiptRow, goodsReceipt } from '../receipt/receipt.tables.ts';
import {
  type PurchaseOrderLineRow,
  type PurchaseOrderRow,
  purchaseOrder,
  purchaseOrderLine,
} from './purchase-order.tables.ts';

export async function lockPurchaseOrder(tx: Tx, id: string): Promise<PurchaseOrderRow | undefined> {
  const [row] = await tx.db.select().from(purchaseOrder).where(eq(purchaseOrder.id, id)).for('update');
  return row;
}

export async function purchaseOrderLines(ctx: Ctx, orderId: string): Promise<PurchaseOrderLineRow[]> {
  const loader = ctx.loader<string, PurchaseOrderLineRow[]>('purchase order lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(purchaseOrderLine)
      .where(inArray(purchaseOrderLine.orderId, [...ids]))
      .orderBy(asc(purchaseOrderLine.orderId), asc(purchaseOrderLine.position));
    return Map.groupBy(rows, (row) => row.orderId);
  });
  return (await loader.load(orderId)) ?? [];
}

export async function receiptsOfOrder(ctx: Ctx, orderId: string): Promise<GoodsReceiptRow[]> {
  const loader = ctx.loader<string, GoodsReceiptRow[]>('receipts of order', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(goodsReceipt)
      .where(inArray(goodsReceipt.orderId, [...ids]))
      .orderBy(asc(goodsReceipt.id));
    return Map.groupBy(rows, (row) => row.orderId ?? '');
  });
  return (await loader.load(orderId)) ?? [];
}

export async function billsOfOrder(ctx: Ctx, orderId: string): Promise<SupplierInvoiceRow[]> {
  const loader = ctx.loader<string, SupplierInvoiceRow[]>('bills of order', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(supplierInvoice)
      .where(inArray(supplierInvoice.orderId, [...ids]))
      .orderBy(asc(supplierInvoice.id));
    return Map.groupBy(rows, (row) => row.orderId ?? '');
  });
  return (await loader.load(orderId)) ?? [];
}

interface ArticlePurchases {
  readonly quantity: string;
  readonly net: { readonly amount: string; readonly currency: string };
  readonly orders: number;
}

/** What was ordered of an article, cancelled orders left out; for all articles of a page at once. */
export async function purchasesOfArticle(ctx: Ctx, articleId: string): Promise<ArticlePurchases> {
  const loader = ctx.loader<string, ArticlePurchases>('purchases of article', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.query<{ article_id: string; quantity: string; net: string; orders: number }>(
      `SELECT l.article_id, trim_scale(sum(l.quantity))::text AS quantity, sum(l.net) AS net, count(DISTINCT o.id)::int AS orders
       FROM purchasing.purchase_order_line l JOIN purchasing.purchase_order o ON o.id = l.order_id AND o.status NOT IN ('DRAFT', 'CANCELLED')
       WHERE l.article_id = ANY($1::uuid[]) GROUP BY 1`,
      [ids],
      'purchases_of_articles',
    );
    return new Map(
      rows.map(({ article_id, quantity, net, orders }) => [
        article_id,
        { quantity, orders, net: { amount: net, currency: 'EUR' } },
      ]),
    );
  });
  return (await loader.load(articleId)) ?? { quantity: '0', orders: 0, net: { amount: '0.00', currency: 'EUR' } };
}

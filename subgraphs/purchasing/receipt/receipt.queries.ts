import type { Ctx } from '@valeo/kit/context.ts';
import { asc, inArray } from 'drizzle-orm';
import { type GoodsReceiptLineRow, goodsReceiptLine } from './receipt.tables.ts';

export async function receiptLines(ctx: Ctx, receiptId: string): Promise<GoodsReceiptLineRow[]> {
  const loader = ctx.loader<string, GoodsReceiptLineRow[]>('receipt lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(goodsReceiptLine)
      .where(inArray(goodsReceiptLine.receiptId, [...ids]))
      .orderBy(asc(goodsReceiptLine.receiptId), asc(goodsReceiptLine.position));
    return Map.groupBy(rows, (row) => row.receiptId);
  });
  return (await loader.load(receiptId)) ?? [];
}

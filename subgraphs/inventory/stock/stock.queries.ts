import type { Ctx } from '@valeo/kit/context.ts';
import { QUANTITY_SCALE, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { desc, inArray } from 'drizzle-orm';
import { type ArticlePriceRow, type ArticleRow, articlePrice } from '../article/article.tables.ts';

export interface StockLevelRow {
  readonly articleId: string;
  readonly warehouseId: string;
  readonly onHand: string;
}

/** Stock of an article by warehouse, loaded for all articles of a page at once. */
export async function stockOf(ctx: Ctx, articleId: string): Promise<StockLevelRow[]> {
  const loader = ctx.loader<string, StockLevelRow[]>('stock of article', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.query<StockLevelRow>(
      `SELECT article_id AS "articleId", warehouse_id AS "warehouseId", trim_scale(on_hand)::text AS "onHand"
       FROM inventory.stock_balance WHERE article_id = ANY($1::uuid[]) ORDER BY warehouse_id`,
      [ids],
      'stock_of_articles',
    );
    return Map.groupBy(rows, (row) => row.articleId);
  });
  return (await loader.load(articleId)) ?? [];
}

/** Sum over all warehouses. */
export async function onHandOf(ctx: Ctx, articleId: string): Promise<string> {
  const loader = ctx.loader<string, string>('on hand', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.query<{ article_id: string; total: string }>(
      'SELECT article_id, sum(on_hand)::text AS total FROM inventory.stock_balance WHERE article_id = ANY($1::uuid[]) GROUP BY 1',
      [ids],
      'on_hand_of_articles',
    );
    return new Map(rows.map((row) => [row.article_id, trimDecimal(row.total)]));
  });
  return (await loader.load(articleId)) ?? '0';
}

/** How many articles a warehouse holds, or owes. */
export async function articlesIn(ctx: Ctx, warehouseId: string): Promise<number> {
  const loader = ctx.loader<string, number>('articles in warehouse', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.query<{ warehouse_id: string; articles: number }>(
      `SELECT warehouse_id, count(*)::int AS articles FROM inventory.stock_balance
       WHERE warehouse_id = ANY($1::uuid[]) AND on_hand <> 0 GROUP BY 1`,
      [ids],
      'articles_in_warehouses',
    );
    return new Map(rows.map((row) => [row.warehouse_id, row.articles]));
  });
  return (await loader.load(warehouseId)) ?? 0;
}

/** Whether stock fell below the reorder point, or below zero without one; the filter of the list says the same. */
export async function isToReorder(ctx: Ctx, article: ArticleRow): Promise<boolean> {
  if (!article.active || article.kind !== 'GOODS') return false;
  const units = (quantity: string) => toUnits(quantity, QUANTITY_SCALE);
  return units(await onHandOf(ctx, article.id)) < units(article.reorderPoint ?? '0');
}

export async function pricesOf(ctx: Ctx, articleId: string): Promise<ArticlePriceRow[]> {
  const loader = ctx.loader<string, ArticlePriceRow[]>('prices of article', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(articlePrice)
      .where(inArray(articlePrice.articleId, [...ids]))
      .orderBy(desc(articlePrice.validFrom));
    return Map.groupBy(rows, (row) => row.articleId);
  });
  return (await loader.load(articleId)) ?? [];
}

import type { Ctx } from '@valeo/kit/context.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { trimDecimal, trimPrice } from '@valeo/money/decimal.ts';
import { articles } from './article/article.list.ts';
import type { ArticleRow } from './article/article.tables.ts';
import { articlesIn, isToReorder, onHandOf, pricesOf, type StockLevelRow, stockOf } from './stock/stock.queries.ts';
import type { StockMovementRow } from './stock/stock.tables.ts';
import { warehouses } from './warehouse/warehouse.list.ts';
import type { WarehouseRow } from './warehouse/warehouse.tables.ts';

export const inventoryResolvers = {
  Article: {
    price: (row: ArticleRow) => trimPrice(row.price),
    onHand: (row: ArticleRow, _: unknown, ctx: Ctx) => (row.kind === 'GOODS' ? onHandOf(ctx, row.id) : null),
    toReorder: (row: ArticleRow, _: unknown, ctx: Ctx) => isToReorder(ctx, row),
    stock: (row: ArticleRow, _: unknown, ctx: Ctx) => stockOf(ctx, row.id),
    prices: (row: ArticleRow, _: unknown, ctx: Ctx) => pricesOf(ctx, row.id),
  },
  Warehouse: {
    articles: (row: WarehouseRow, _: unknown, ctx: Ctx) => articlesIn(ctx, row.id),
  },
  StockLevel: {
    warehouse: (row: StockLevelRow, _: unknown, ctx: Ctx) => loadNode(ctx, warehouses, row.warehouseId),
  },
  StockMovement: {
    article: (row: StockMovementRow, _: unknown, ctx: Ctx) => loadNode(ctx, articles, row.articleId),
    warehouse: (row: StockMovementRow, _: unknown, ctx: Ctx) => loadNode(ctx, warehouses, row.warehouseId),
    quantity: (row: StockMovementRow) => trimDecimal(row.quantity),
    source: (row: StockMovementRow) => (row.sourceId ? `${row.sourceType}:${row.sourceId}` : row.sourceType),
  },
};

import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { articles } from './article/article.list.ts';
import { createArticle, createArticles } from './article/create-articles.ts';
import { updateArticle } from './article/update-article.ts';
import { inventoryResolvers } from './inventory.resolvers.ts';
import { inventoryTexts } from './inventory.texts.ts';
import { adjustStock } from './stock/adjust-stock.ts';
import { stockMovements } from './stock/stock.list.ts';
import { createWarehouse } from './warehouse/create-warehouse.ts';
import { updateWarehouse } from './warehouse/update-warehouse.ts';
import { warehouses } from './warehouse/warehouse.list.ts';

/** Articles, prices, warehouses and the stock ledger. Other domains move stock through `stock/stock.ts`. */
export const inventory = defineSubgraph({
  name: 'inventory',
  folder: import.meta.dirname,
  lists: [articles, warehouses, stockMovements],
  mutations: [createArticle, createArticles, updateArticle, createWarehouse, updateWarehouse, adjustStock],
  resolvers: [inventoryResolvers],
  texts: inventoryTexts,
  appendOnly: ['stock_movement'],
  derived: ['stock_balance'],
});

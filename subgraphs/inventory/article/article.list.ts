import { boolean, dateTime, decimal, enumeration, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sql } from 'drizzle-orm';
import { stockBalance } from '../stock/stock.tables.ts';
import { article } from './article.tables.ts';

/** Stock in all warehouses; zero where nothing ever moved. */
const onHand = sql`(select coalesce(sum(${stockBalance.onHand}), 0) from ${stockBalance} where ${stockBalance.articleId} = ${article.id})`;

export const articles = defineList({
  type: 'Article',
  field: 'article',
  plural: 'articles',
  description: 'Articles, by number.',
  table: article,
  permission: 'inventory:read',
  filters: {
    sku: text(article.sku),
    name: text(article.name),
    kind: enumeration('ArticleKind', article.kind),
    unit: text(article.unit),
    price: decimal(article.price),
    taxCode: text(article.taxCode),
    category: text(article.category),
    externalNumber: text(article.externalNumber),
    active: boolean(article.active),
    createdAt: dateTime(article.createdAt),
    updatedAt: dateTime(article.updatedAt),
    onHand: { ...decimal(stockBalance.onHand), expression: onHand },
    toReorder: {
      ...boolean(article.active),
      expression: sql`(${article.active} and ${article.kind} = 'GOODS' and ${onHand} < coalesce(${article.reorderPoint}, 0))`,
    },
  },
  groups: ['kind', 'category', 'unit', 'taxCode', 'active'],
  sorts: {
    sku: article.sku,
    name: article.name,
    price: article.price,
    createdAt: article.createdAt,
    updatedAt: article.updatedAt,
  },
  defaultOrder: [{ by: 'sku', direction: 'ASC' }],
  countedBy: 'kind',
  publishes: {
    sku: article.sku,
    name: article.name,
    kind: article.kind,
    unit: article.unit,
    price: article.price,
    taxCode: article.taxCode,
  },
  standing: { sealed: sql`false` },
});

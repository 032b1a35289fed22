import { boolean, dateTime, decimal, enumeration, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { article } from './article.tables.ts';

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
  },
  groups: ['kind', 'category', 'unit', 'taxCode', 'active'],
  sorts: { sku: article.sku, name: article.name, price: article.price, createdAt: article.createdAt },
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
});

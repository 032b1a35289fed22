import {
  ArticleEntry,
  ArticlesGroups,
  ArticlesList,
  ArticlesLive,
  EditArticle,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { bulkQuestion } from '#lists/bulk-question.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import { unitValues } from '#lists/units.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function articleList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'ArticleKind', { GOODS: null, SERVICE: null });
  return {
    connection: 'articles',
    operation: ArticlesList,
    label: t('nav.articles'),
    href: '/inventory/articles/{id}',
    search: ['sku', 'name'],
    defaultSort: 'sku',
    pinned: 1,
    live: ArticlesLive,
    edit: { operation: EditArticle, field: 'article', read: ArticleEntry, permission: 'inventory:write' },
    bulk: [
      {
        key: 'archive',
        label: t('bulk.archive'),
        question: bulkQuestion(t, 'bulk.archive.question'),
        icon: 'box',
        operation: EditArticle,
        permission: 'inventory:write',
        consequence: t('bulk.archive.text'),
        input: { active: false },
        versioned: true,
        when: { path: 'active', in: [true], filter: { active: { eq: true } } },
      },
      {
        key: 'activate',
        label: t('bulk.activate'),
        question: bulkQuestion(t, 'bulk.activate.question'),
        icon: 'check',
        operation: EditArticle,
        permission: 'inventory:write',
        input: { active: true },
        versioned: true,
        when: { path: 'active', in: [false], filter: { active: { eq: false } } },
      },
    ],
    groups: { operation: ArticlesGroups, columns: ['kind', 'category', 'unit', 'taxCode', 'active'], sums: [] },
    columns: [
      column('link', 'sku', { width: 120, sort: true, filter: true, card: 'sub' }),
      column('text', 'name', {
        label: 'articleName',
        edit: true,
        required: true,
        sort: true,
        filter: true,
        look: 'medium',
        card: 'title',
      }),
      column('text', 'kind', { width: 120, values: kind, filter: true, filterType: 'enum' }),
      column('text', 'category', { edit: true, emptyText: true, width: 160, filter: true }),
      column('code', 'unit', {
        edit: true,
        required: true,
        width: 96,
        values: unitValues(t),
        filter: true,
        filterType: 'enum',
        look: 'muted',
      }),
      column('quantity', 'onHand', { width: 110, filter: true, card: 'state' }),
      column('yesNo', 'toReorder', { width: 110, filter: true, spare: true }),
      column('quantity', 'reorderPoint', { edit: true, required: true, width: 110, spare: true }),
      column('amount', 'price', {
        edit: true,
        required: true,
        path: 'price',
        sort: true,
        filter: true,
        look: 'medium',
        card: 'end',
      }),
      column('code', 'taxCode', { edit: true, required: true, label: 'defaultTaxCode', width: 84, filter: true }),
      column('yesNo', 'active', { edit: true, filter: true }),
      column('code', 'externalNumber', { width: 120, filter: true, spare: true }),
      column('dateTime', 'createdAt', { sort: true, filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.articles.title'),
      text: t('empty.articles.text'),
      action: { label: t('action.newArticle'), href: '/inventory/articles/new', permission: 'inventory:write' },
    },
  };
}

export function articleListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.goods'), query: 'f=kind:in:GOODS' },
    { name: t('view.services'), query: 'f=kind:in:SERVICE' },
    { name: t('view.toReorder'), query: 'f=toReorder:eq:true' },
    { name: t('view.inactive'), query: 'f=active:eq:false' },
  ];
}

import { notFound } from 'next/navigation';
import { ArticleDetail, ArticleLive, TaxCodes, UpdateArticle } from '#graphql/_generated/operations.ts';
import { ask, askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { today } from '#ui/today.ts';
import { articleSections } from '../../form.ts';

export default async function EditArticlePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const [
    {
      data: { article },
    },
    { taxCodes },
  ] = await Promise.all([askRecord(ArticleDetail, { id }), ask(TaxCodes, { on: today() })]);
  if (!article) notFound();
  const decimal = (value: string | null) => (value === null ? '' : format.decimal(value));
  return (
    <FormPage
      title={article.name}
      crumbs={[
        { label: t('nav.inventory') },
        { label: t('nav.articles'), href: '/inventory/articles' },
        { label: article.sku, href: `/inventory/articles/${id}` },
        { label: t('action.edit') },
      ]}
      permission="inventory:write"
      form={{
        operation: UpdateArticle,
        mutation: 'updateArticle',
        object: 'article',
        sections: articleSections(
          t,
          { taxCodes: taxCodes.filter((tax) => tax.direction === 'SALE'), unit: article.unit },
          false,
        ),
        fixed: { id, version: article.version },
        values: {
          name: article.name,
          unit: article.unit,
          category: article.category,
          description: article.description ?? '',
          price: format.decimal(article.price, 2),
          taxCode: article.taxCode,
          active: String(article.active),
          reorderPoint: decimal(article.reorderPoint),
          packSize: decimal(article.packSize),
        },
        attach: 'ARTICLE',
        record: { form: 'inventory.article', recordId: id, version: article.version },
        live: ArticleLive,
        target: `/inventory/articles/${id}`,
        cancel: `/inventory/articles/${id}`,
        submit: t('action.save'),
        saved: t('action.saved'),
      }}
    />
  );
}

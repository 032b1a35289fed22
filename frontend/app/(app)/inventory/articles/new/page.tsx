import { CreateArticle, TaxCodes } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { today } from '#ui/today.ts';
import { articleSections } from '../form.ts';

export default async function NewArticlePage() {
  const { t } = await language();
  const { taxCodes } = await ask(TaxCodes, { on: today() });
  return (
    <FormPage
      title={t('action.newArticle')}
      crumbs={[
        { label: t('nav.inventory') },
        { label: t('nav.articles'), href: '/inventory/articles' },
        { label: t('crumb.new') },
      ]}
      permission="inventory:write"
      form={{
        operation: CreateArticle,
        mutation: 'createArticle',
        object: 'article',
        sections: articleSections(t, { taxCodes: taxCodes.filter((tax) => tax.direction === 'SALE') }, true),
        values: { kind: 'GOODS', unit: 'C62', taxCode: 'U19' },
        attach: 'ARTICLE',
        record: { form: 'inventory.article', recordId: null, version: null },
        target: '/inventory/articles/{id}',
        cancel: '/inventory/articles',
        submit: t('action.create'),
        saved: t('article.created'),
      }}
    />
  );
}

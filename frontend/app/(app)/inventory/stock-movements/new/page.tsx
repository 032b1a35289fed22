import { ActiveWarehouses, ArticleToCount } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { unitName, unitOptions } from '#lists/units.ts';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { DocHead } from '#ui/Doc.tsx';
import { today } from '#ui/today.ts';
import { CountForm } from './CountForm.tsx';

export const generateMetadata = pageTitle('action.adjustStock');

/** `article` comes from the page of an article, whose stock is corrected first. */
export default async function NewMovementPage({ searchParams }: { searchParams: Promise<{ article?: string }> }) {
  const [{ t }, { article: id }] = await Promise.all([language(), searchParams]);
  const [{ warehouses }, { article }] = await Promise.all([
    ask(ActiveWarehouses, {}),
    id ? ask(ArticleToCount, { id }) : { article: null },
  ]);
  const goods = article?.kind === 'GOODS' ? article : null;
  const units = unitOptions(t, goods?.unit);
  return (
    <Page
      crumbs={[
        { label: t('nav.inventory') },
        { label: t('nav.stockMovements'), href: '/inventory/stock-movements' },
        { label: t('crumb.new') },
      ]}
      permission="inventory:write"
    >
      <DocHead title={t('action.adjustStock')} />
      <div className="form-page">
        <CountForm
          warehouses={warehouses?.edges.map(({ node }) => node) ?? []}
          units={{ H87: unitName(t, 'H87'), ...Object.fromEntries(units.map(({ value, label }) => [value, label])) }}
          article={goods}
          today={today()}
        />
      </div>
    </Page>
  );
}

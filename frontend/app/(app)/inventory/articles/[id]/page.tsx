import { notFound } from 'next/navigation';
import { Attachments } from '#attachments/Attachments.tsx';
import { ArticleDetail, ArticleLive } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { unitName } from '#lists/units.ts';
import { RecordLive } from '#offline/RecordLive.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { sourceLink } from '#shell/source-link.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { DocBody, DocHead, FactGrid, Facts, SectionHead, SideSection } from '#ui/Doc.tsx';
import { LostPart } from '#ui/LostPart.tsx';
import { Pill } from '#ui/Status.tsx';

export default async function ArticlePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { article },
    lost,
    seen,
  } = await askRecord(ArticleDetail, { id });
  if (!article) notFound();
  const movements = article.stockMovements;
  const low =
    article.reorderPoint !== null && article.onHand !== null && Number(article.onHand) < Number(article.reorderPoint);

  return (
    <Page
      crumbs={[
        { label: t('nav.inventory') },
        { label: t('nav.articles'), href: '/inventory/articles' },
        { label: article.sku },
      ]}
    >
      <title>{`${article.sku} ${article.name} · VALEO NeuroERP`}</title>
      <RecordLive operation={ArticleLive} id={id} seen={seen} />
      <DocHead
        title={article.name}
        pills={
          <>
            <Pill tone="info" plain>
              {t(`enum.ArticleKind.${article.kind}`)}
            </Pill>
            {!article.active && <Pill tone="void">{t('view.inactive')}</Pill>}
            {low && (
              <Pill tone="warn" plain>
                {t('article.low')}
              </Pill>
            )}
          </>
        }
        meta={
          <>
            <span className="tabn">{t('article.number', { sku: article.sku })}</span>
            {article.category && <span>{article.category}</span>}
          </>
        }
      >
        <Allowed permission="inventory:write">
          {article.kind === 'GOODS' && (
            <ButtonLink icon="moves" href={`/inventory/stock-movements/new?article=${id}`} shortcut="B">
              {t('action.adjustStock')}
            </ButtonLink>
          )}
          <ButtonLink kind="primary" icon="pencil" href={`/inventory/articles/${id}/edit`} shortcut="E">
            {t('action.edit')}
          </ButtonLink>
        </Allowed>
      </DocHead>
      <DocBody
        sideLabel={t('article.stock')}
        side={
          <>
            {article.kind === 'GOODS' && (
              <SideSection title={t('article.stock')}>
                <p className="bigsum tabn">
                  {format.decimal(article.onHand ?? '0')} <small>{unitName(t, article.unit)}</small>
                </p>
                <Facts
                  facts={article.stock.map((level) => ({
                    label: level.warehouse.name,
                    value: format.decimal(level.onHand),
                  }))}
                />
              </SideSection>
            )}
            <Allowed permission="sales:read">
              <SideSection title={t('article.sales')}>
                {lost.has('article.sales') && <LostPart />}
                <p className="bigsum tabn">{article.sales ? format.money(article.sales.net.amount) : '–'}</p>
                <Facts
                  facts={[
                    { label: t('field.quantity'), value: article.sales && format.decimal(article.sales.quantity) },
                    { label: t('article.documents'), value: article.sales && format.integer(article.sales.documents) },
                  ]}
                />
              </SideSection>
            </Allowed>
            {article.prices.length > 0 && (
              <SideSection title={t('article.prices')}>
                <Facts
                  facts={article.prices.map((each) => ({
                    label: t('article.priceFrom', { date: format.date(each.validFrom) }),
                    value: `${format.decimal(each.price, 2)} €`,
                  }))}
                />
              </SideSection>
            )}
          </>
        }
      >
        <FactGrid
          facts={[
            { label: t('field.price'), value: format.decimal(article.price, 2) },
            { label: t('field.taxCode'), value: article.taxCode },
            { label: t('field.unit'), value: unitName(t, article.unit) },
            { label: t('field.reorderPoint'), value: article.reorderPoint && format.decimal(article.reorderPoint) },
          ]}
        />
        {article.description && <p className="muted">{article.description}</p>}
        <section>
          <SectionHead
            title={t('nav.stockMovements')}
            count={movements ? format.integer(movements.totalCount) : undefined}
          />
          <div className="mini-list" tabIndex={0}>
            <table className="table fits">
              <thead>
                <tr>
                  <th>{t('field.date')}</th>
                  <th>{t('field.kind')}</th>
                  <th>{t('field.warehouse')}</th>
                  <th className="only-wide">{t('field.reason')}</th>
                  <th className="num">{t('field.quantity')}</th>
                </tr>
              </thead>
              <tbody>
                {(movements?.edges ?? []).map(({ node }) => {
                  const document = sourceLink(node.source);
                  const kind = t(`enum.StockMovementKind.${node.kind}`);
                  return (
                    <tr key={node.id}>
                      <td className="tabn">{format.date(node.movedOn)}</td>
                      <td>{document ? <a href={document}>{kind}</a> : kind}</td>
                      <td className="muted">{node.warehouse.name}</td>
                      <td className="muted truncate only-wide">{node.reason}</td>
                      <td className={node.quantity.startsWith('-') ? 'num neg' : 'num'}>
                        {format.decimal(node.quantity)}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </section>
        <Attachments record="ARTICLE" id={id} files={article.attachments} permission="inventory:write" />
      </DocBody>
    </Page>
  );
}

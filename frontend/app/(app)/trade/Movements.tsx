import type { DocumentMovement } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { LostPart } from '#ui/LostPart.tsx';

export interface MovementPage {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: DocumentMovement }[];
}

/** How a document moved the stock, and how that was taken back. */
export async function Movements({ found, lost }: { found: MovementPage | null | undefined; lost: boolean }) {
  const { t, format } = await language();
  if (lost) return <LostPart />;
  if (!found || found.totalCount === 0) return null;
  return (
    <section>
      <SectionHead title={t('nav.stockMovements')} count={format.integer(found.totalCount)} />
      <div className="mini-list" tabIndex={0}>
        <table className="table fits">
          <thead>
            <tr>
              <th>{t('field.date')}</th>
              <th>{t('field.article')}</th>
              <th>{t('field.warehouse')}</th>
              <th className="only-wide">{t('field.reason')}</th>
              <th className="num">{t('field.quantity')}</th>
            </tr>
          </thead>
          <tbody>
            {found.edges.map(({ node }) => (
              <tr key={node.id}>
                <td className="tabn">{format.date(node.movedOn)}</td>
                <td className="tabn">
                  <a href={`/inventory/articles/${node.article.id}`}>{node.article.sku}</a>
                </td>
                <td className="muted">{node.warehouse.name}</td>
                <td className="muted truncate only-wide">{node.reason}</td>
                <td className={node.quantity.startsWith('-') ? 'num neg' : 'num'}>{format.decimal(node.quantity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

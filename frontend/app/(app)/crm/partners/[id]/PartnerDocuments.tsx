import type { ReactNode } from 'react';
import { language } from '#i18n/server.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { LostPart } from '#ui/LostPart.tsx';

interface PartnerDocument {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly gross: { readonly amount: string };
  readonly openAmount: { readonly amount: string };
}

/** The latest documents of a kind that were exchanged with a partner, and the way to all of them. */
export async function PartnerDocuments<Document extends PartnerDocument>({
  title,
  documents,
  isLost,
  folder,
  allHref,
  empty,
  state,
}: {
  title: string;
  documents: { readonly totalCount: number; readonly edges: readonly { readonly node: Document }[] } | null | undefined;
  /** The domain that has them does not answer. */
  isLost: boolean;
  /** Where each of them has its page. */
  folder: string;
  allHref: string;
  empty: string;
  state: (document: Document) => ReactNode;
}) {
  const { t, format } = await language();
  return (
    <section>
      <SectionHead title={title} count={documents ? format.integer(documents.totalCount) : undefined}>
        <a href={allHref}>{t('partner.allInvoices')}</a>
      </SectionHead>
      {isLost && <LostPart />}
      <div className="mini-list" tabIndex={0}>
        <table className="table fits">
          <thead>
            <tr>
              <th>{t('field.number')}</th>
              <th className="only-wide">{t('field.issuedOn')}</th>
              <th>{t('field.status')}</th>
              <th className="num">{t('field.gross')}</th>
              <th className="num">{t('field.openAmount')}</th>
            </tr>
          </thead>
          <tbody>
            {(documents?.edges ?? []).map(({ node }) => (
              <tr key={node.id}>
                <td className="tabn">
                  <a href={`${folder}/${node.id}`}>{node.number}</a>
                </td>
                <td className="tabn only-wide">{format.date(node.issuedOn)}</td>
                <td>{state(node)}</td>
                <td className="num">{format.amount(node.gross.amount)}</td>
                <td className="num">
                  {Number(node.openAmount.amount) === 0 ? '–' : format.amount(node.openAmount.amount)}
                </td>
              </tr>
            ))}
            {documents?.edges.length === 0 && (
              <tr>
                <td colSpan={5} className="subtle">
                  {empty}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

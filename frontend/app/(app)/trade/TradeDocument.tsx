import type { ReactNode } from 'react';
import { Attachments } from '#attachments/Attachments.tsx';
import type { AttachedFiles, AttachmentRecord } from '#graphql/_generated/operations.ts';
import type { Operation, Seen } from '#graphql/operation.ts';
import { language } from '#i18n/server.ts';
import { RecordLive } from '#offline/RecordLive.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { type Crumb, Page } from '#shell/Page.tsx';
import { DocBody, DocHead, type Fact, FactGrid, Facts, SectionHead, SideSection } from '#ui/Doc.tsx';
import { Icon } from '#ui/Icon.tsx';
import { PrintButton } from '#ui/PrintButton.tsx';
import { Iso, Pill, type StatusTone } from '#ui/Status.tsx';

export interface TradeLine {
  readonly position: number;
  readonly article?: { readonly id: string } | null;
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unitPrice?: string;
  readonly net?: string;
  readonly delivered?: string;
  readonly invoiced?: string;
  readonly returned?: string;
}

export interface ChainStep {
  readonly label: string;
  readonly state: 'done' | 'here' | 'part' | 'todo';
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly note?: string;
}

interface Address {
  readonly name?: string | null;
  readonly street?: string | null;
  readonly postalCode?: string | null;
  readonly city?: string | null;
  readonly country?: string | null;
}

export interface TradeDocumentProps {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly state: { readonly tone: StatusTone; readonly label: string };
  /** Since when it should have been paid, in words. */
  readonly late?: string;
  readonly partner: {
    readonly id: string | null;
    readonly name: string;
    readonly number: string;
    readonly country: string;
  };
  readonly address: Address | null;
  readonly date: string;
  readonly chain: readonly ChainStep[];
  readonly facts: readonly Fact[];
  readonly lines: readonly TradeLine[];
  readonly sums?: { readonly net: string; readonly tax: string; readonly gross: string };
  readonly note?: string | null;
  /** Sections of the side: the other documents of the business, and what happened to this one. */
  readonly side?: ReactNode;
  /** The document as it is printed; without one the page itself is. */
  readonly paper?: ReactNode;
  /** Further sections below the lines. */
  readonly more?: ReactNode;
  /** What is attached to it. */
  readonly attachments: {
    readonly record: AttachmentRecord;
    readonly id: string;
    readonly files: AttachedFiles | null | undefined;
  };
  /** Needed to act on the document. */
  readonly permission: string;
  readonly actions: ReactNode;
  /** What tells of changes, and what the page was made from. */
  readonly live: { readonly operation: Operation<unknown, { id: string }>; readonly seen: Seen };
}

/** A document of trade: quote, order, delivery, receipt or bill, with what came before and after it. */
export async function TradeDocument(props: TradeDocumentProps) {
  const { t, format } = await language();
  const { partner, address, lines, sums } = props;
  const priced = lines.some((line) => line.unitPrice !== undefined);
  const cameBack = lines.some((line) => line.returned !== undefined && line.returned !== '0');
  const tracked = lines.some((line) => line.delivered !== undefined);
  return (
    <Page crumbs={props.crumbs}>
      <title>{`${props.title} · VALEO NeuroERP`}</title>
      <RecordLive {...props.live} id={props.attachments.id} />
      <DocHead
        title={props.title}
        pills={
          <>
            <Pill tone={props.state.tone}>{props.state.label}</Pill>
            {props.late && (
              <Pill tone="over" plain>
                {props.late}
              </Pill>
            )}
          </>
        }
        meta={
          <>
            <span>
              {partner.id ? <a href={`/crm/partners/${partner.id}`}>{partner.name}</a> : partner.name}{' '}
              <Iso code={partner.country} name={format.country(partner.country)} />
            </span>
            <span className="tabn">{t('invoice.from', { date: format.date(props.date) })}</span>
          </>
        }
      >
        <PrintButton label={t('action.print')} />
        <Allowed permission={props.permission}>{props.actions}</Allowed>
      </DocHead>
      <DocBody
        sideLabel={t('invoice.context')}
        side={
          <>
            {sums && (
              <SideSection title={t('invoice.gross')}>
                <p className="bigsum tabn">{format.money(sums.gross)}</p>
                <Facts
                  facts={[
                    { label: t('invoice.net'), value: format.money(sums.net) },
                    { label: t('invoice.vatLong'), value: format.money(sums.tax) },
                  ]}
                />
              </SideSection>
            )}
            <SideSection
              title={t('field.partner')}
              href={partner.id ? `/crm/partners/${partner.id}` : undefined}
              link={t('invoice.openPartner')}
            >
              <div className="person">
                <span className="person-mark">{partner.country}</span>
                <div>
                  {partner.name}
                  <div className="subtle tabn">{partner.number}</div>
                </div>
              </div>
            </SideSection>
            {address && (
              <SideSection title={t('partner.address')}>
                <address className="address">
                  {address.name && <div>{address.name}</div>}
                  <div>{address.street}</div>
                  <div>{`${address.postalCode ?? ''} ${address.city ?? ''}`.trim()}</div>
                  {address.country && <div>{format.country(address.country)}</div>}
                </address>
              </SideSection>
            )}
            {props.side}
          </>
        }
      >
        {props.chain.length > 0 && (
          <ol className="chain" tabIndex={0} aria-label={t('invoice.chain')}>
            {props.chain.map((step) => (
              <li
                key={step.label}
                className={`is-${step.state}`}
                aria-current={step.state === 'here' ? 'step' : undefined}
              >
                <span className="chain-mark">{step.state === 'done' && <Icon name="check" />}</span>
                <strong>{step.label}</strong>
                {step.links.slice(0, 3).map((link) => (
                  <a className="tabn" href={link.href} key={link.href}>
                    {link.text}
                  </a>
                ))}
                {step.note && <small className="tabn">{step.note}</small>}
              </li>
            ))}
          </ol>
        )}
        <FactGrid facts={props.facts} />
        {props.note && <p className="muted">{props.note}</p>}
        <section>
          <SectionHead title={t('invoice.lines')} count={format.integer(lines.length)} />
          <div className="mini-list" tabIndex={0}>
            <table className="table trade-lines">
              <thead>
                <tr>
                  <th className="num">{t('field.position')}</th>
                  <th>{t('field.article')}</th>
                  <th>{t('field.articleName')}</th>
                  <th className="num">{t('field.quantity')}</th>
                  {tracked && <th className="num">{t('trade.delivered')}</th>}
                  {tracked && <th className="num">{t('trade.invoiced')}</th>}
                  {cameBack && <th className="num">{t('field.returnedOn')}</th>}
                  {priced && <th className="num">{t('invoice.unitPrice')}</th>}
                  {priced && <th className="num">{t('field.net')}</th>}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.position}>
                    <td className="num subtle position">{line.position}</td>
                    <td className="sku tabn">
                      {line.article ? <a href={`/inventory/articles/${line.article.id}`}>{line.sku}</a> : line.sku}
                    </td>
                    <td className="name">{line.description}</td>
                    <td className="num">{format.decimal(line.quantity)}</td>
                    {tracked && (
                      <td className="num muted" data-label={t('trade.delivered')}>
                        {format.decimal(line.delivered ?? '0')}
                      </td>
                    )}
                    {tracked && (
                      <td className="num muted" data-label={t('trade.invoiced')}>
                        {format.decimal(line.invoiced ?? '0')}
                      </td>
                    )}
                    {cameBack && (
                      <td className="num muted" data-label={t('field.returnedOn')}>
                        {format.decimal(line.returned ?? '0')}
                      </td>
                    )}
                    {priced && <td className="num price">{format.decimal(line.unitPrice ?? '0', 2)}</td>}
                    {priced && <td className="num sum">{format.amount(line.net ?? '0')}</td>}
                  </tr>
                ))}
              </tbody>
              {sums && (
                <tfoot>
                  <tr>
                    <td colSpan={tracked ? 7 : 5}>{t('invoice.net')}</td>
                    <td className="num">{format.amount(sums.net)}</td>
                  </tr>
                </tfoot>
              )}
            </table>
          </div>
        </section>
        {props.more}
        <Attachments {...props.attachments} permission={props.permission} />
      </DocBody>
      {props.paper}
    </Page>
  );
}

import { notFound } from 'next/navigation';
import { Attachments } from '#attachments/Attachments.tsx';
import { PartnerDetail, PartnerLive } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { daysPast } from '#i18n/today.ts';
import { RecordLive } from '#offline/RecordLive.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { DocBody, DocHead, FactGrid, Facts, SectionHead, SideSection } from '#ui/Doc.tsx';
import { LostPart } from '#ui/LostPart.tsx';
import { Iso, Pill, Status } from '#ui/Status.tsx';
import { billTones, daysOverdue as daysBillOverdue } from '../../../purchasing/invoices/[id]/state.ts';
import { daysOverdue, invoiceState } from '../../../sales/invoices/[id]/state.ts';
import { PartnerDocuments } from './PartnerDocuments.tsx';

export default async function PartnerPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { businessPartner: partner },
    lost,
    seen,
  } = await askRecord(PartnerDetail, { id });
  if (!partner) notFound();
  const { billingAddress: address, contacts } = partner;
  const invoices = partner.salesInvoices;
  const bills = partner.supplierInvoices;
  const items = partner.openItems;
  const amount = (money: { amount: string } | null | undefined) => money && format.money(money.amount);
  const isCustomer = partner.kinds.includes('CUSTOMER');
  /** Whether the reader may see it: what is neither there nor lost is none of his. */
  const isHis = (part: unknown, path: string) => part != null || lost.has(`businessPartner.${path}`);

  return (
    <Page
      crumbs={[{ label: t('nav.crm') }, { label: t('nav.partners'), href: '/crm/partners' }, { label: partner.name }]}
    >
      <title>{`${partner.name} · VALEO NeuroERP`}</title>
      <RecordLive operation={PartnerLive} id={id} seen={seen} />
      <DocHead
        title={partner.name}
        pills={partner.kinds.map((kind) => (
          <Pill key={kind} tone="info" plain>
            {t(`enum.BusinessPartnerKind.${kind}`)}
          </Pill>
        ))}
        meta={
          <>
            <span className="tabn">{t('partner.number', { number: partner.number })}</span>
            <span>
              <Iso code={partner.country} name={format.country(partner.country)} /> {format.country(partner.country)}
            </span>
            {partner.vatId && <span className="tabn">{partner.vatId}</span>}
          </>
        }
      >
        <Allowed permission="crm:write">
          <ButtonLink icon="pencil" href={`/crm/partners/${id}/edit`} shortcut="E">
            {t('action.edit')}
          </ButtonLink>
        </Allowed>
        {isCustomer && (
          <Allowed permission="sales:write">
            <ButtonLink kind="primary" icon="plus" href={`/sales/invoices/new?customer=${partner.number}`} shortcut="N">
              {t('action.newInvoice')}
            </ButtonLink>
          </Allowed>
        )}
      </DocHead>
      <DocBody
        sideLabel={t('partner.contact')}
        side={
          <>
            {isHis(partner.receivable, 'receivable') && (
              <SideSection title={t(isCustomer ? 'nav.openItems' : 'partner.owed')}>
                {lost.has('businessPartner.receivable') ? (
                  <LostPart />
                ) : (
                  <p className="bigsum tabn">{amount(isCustomer ? partner.receivable : partner.payable) ?? '–'}</p>
                )}
                {isCustomer && (
                  <Facts
                    facts={[
                      { label: t('partner.owed'), value: amount(partner.payable) },
                      { label: t('invoice.creditLimit'), value: amount(partner.creditLimit) },
                    ]}
                  />
                )}
              </SideSection>
            )}
            <SideSection title={t('partner.address')}>
              <address className="address">
                {address?.name && <div>{address.name}</div>}
                <div>{address?.street}</div>
                <div>{`${address?.postalCode ?? ''} ${address?.city ?? ''}`.trim() || '–'}</div>
                <div>{address && format.country(address.country)}</div>
              </address>
            </SideSection>
            <SideSection title={t('partner.contact')}>
              <Facts
                facts={[
                  {
                    label: t('field.email'),
                    value: partner.email && <a href={`mailto:${partner.email}`}>{partner.email}</a>,
                  },
                  { label: t('field.phone'), value: partner.phone },
                  { label: t('partner.website'), value: partner.website },
                ]}
              />
              {contacts.map((contact) => (
                <div className="person contact" key={contact.id}>
                  <span className="avatar avatar--n">{contact.name.slice(0, 2).toUpperCase()}</span>
                  <div>
                    {contact.name}
                    <div className="subtle">
                      {[contact.role, contact.email, contact.phone].filter(Boolean).join(' · ')}
                    </div>
                  </div>
                </div>
              ))}
            </SideSection>
            {lost.has('businessPartner.activities') && (
              <SideSection title={t('nav.activities')}>
                <LostPart />
              </SideSection>
            )}
            {partner.activities && partner.activities.edges.length > 0 && (
              <SideSection title={t('nav.activities')}>
                <ol className="timeline">
                  {partner.activities.edges.map(({ node }) => {
                    const due = node.doneAt ? null : node.dueOn;
                    const late = due ? daysPast(due) : 0;
                    return (
                      <li key={node.id}>
                        <span className="timeline-mark" />
                        <div>
                          <p>{node.subject}</p>
                          {node.body && <p className="quote">{node.body}</p>}
                          {due && (
                            <p className={late > 0 ? 'late' : 'subtle'}>
                              {late > 0
                                ? t('invoice.daysLate', { count: late })
                                : t('partner.dueOn', { date: format.date(due) })}
                            </p>
                          )}
                          <time dateTime={node.createdAt}>
                            {t(`enum.ActivityKind.${node.kind}`)}, {format.dateTime(node.createdAt)}
                          </time>
                        </div>
                      </li>
                    );
                  })}
                </ol>
              </SideSection>
            )}
          </>
        }
      >
        <FactGrid
          facts={[
            { label: t('invoice.term'), value: t('invoice.termDays', { count: partner.paymentTermDays }) },
            { label: t('partner.iban'), value: partner.iban },
            { label: t('field.externalNumber'), value: partner.externalNumber },
            { label: t('field.createdAt'), value: format.dateTime(partner.createdAt) },
          ]}
        />
        {partner.note && <p className="muted">{partner.note}</p>}
        {isHis(invoices, 'salesInvoices') && (isCustomer || (invoices?.totalCount ?? 0) > 0) && (
          <PartnerDocuments
            title={t('nav.invoices')}
            documents={
              invoices && {
                ...invoices,
                edges: invoices.edges.map(({ node }) => ({
                  node: { ...node, number: node.number ?? t('invoice.state.draft') },
                })),
              }
            }
            isLost={lost.has('businessPartner.salesInvoices')}
            folder="/sales/invoices"
            allHref={`/sales/invoices?f=customerName:eq:${encodeURIComponent(partner.name)}`}
            empty={t('empty.invoices.title')}
            state={(invoice) => {
              const state = invoiceState(invoice);
              const late = daysOverdue(invoice) > 0;
              return (
                <Status tone={late ? 'over' : state.tone}>
                  {late ? t('enum.PaymentStatus.OVERDUE') : t(`invoice.state.${state.name}`)}
                </Status>
              );
            }}
          />
        )}
        {isHis(bills, 'supplierInvoices') && (partner.kinds.includes('SUPPLIER') || (bills?.totalCount ?? 0) > 0) && (
          <PartnerDocuments
            title={t('nav.supplierInvoices')}
            documents={bills}
            isLost={lost.has('businessPartner.supplierInvoices')}
            folder="/purchasing/invoices"
            allHref={`/purchasing/invoices?f=supplierName:eq:${encodeURIComponent(partner.name)}`}
            empty={t('empty.supplierInvoices.title')}
            state={(bill) => {
              const late = daysBillOverdue(bill) > 0;
              return (
                <Status tone={late ? 'over' : billTones[bill.status]}>
                  {late
                    ? t('enum.PaymentStatus.OVERDUE')
                    : t(
                        bill.kind === 'INVOICE'
                          ? `enum.SupplierInvoiceStatus.${bill.status}`
                          : `enum.SupplierInvoiceKind.${bill.kind}`,
                      )}
                </Status>
              );
            }}
          />
        )}
        {lost.has('businessPartner.openItems') && (
          <section>
            <SectionHead title={t('nav.openItems')} />
            <LostPart />
          </section>
        )}
        {items && items.edges.length > 0 && (
          <section>
            <SectionHead title={t('nav.openItems')} count={format.integer(items.totalCount)} />
            <div className="mini-list" tabIndex={0}>
              <table className="table fits">
                <thead>
                  <tr>
                    <th>{t('field.reference')}</th>
                    <th>{t('field.dueOn')}</th>
                    <th className="num">{t('field.daysOverdue')}</th>
                    <th className="num">{t('field.openAmount')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.edges.map(({ node }) => (
                    <tr key={node.id}>
                      <td className="tabn">{node.reference}</td>
                      <td className={node.daysOverdue > 0 ? 'tabn late' : 'tabn'}>{format.date(node.dueOn)}</td>
                      <td className={node.daysOverdue > 0 ? 'num late' : 'num'}>
                        {node.daysOverdue === 0 ? '–' : format.integer(node.daysOverdue)}
                      </td>
                      <td className="num">{format.amount(node.openAmount.amount)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )}
        {lost.has('businessPartner.opportunities') && (
          <section>
            <SectionHead title={t('nav.opportunities')} />
            <LostPart />
          </section>
        )}
        {partner.opportunities && partner.opportunities.edges.length > 0 && (
          <section>
            <SectionHead title={t('nav.opportunities')} count={format.integer(partner.opportunities.totalCount)} />
            <div className="mini-list" tabIndex={0}>
              <table className="table">
                <tbody>
                  {partner.opportunities.edges.map(({ node }) => (
                    <tr key={node.id}>
                      <td>{node.title}</td>
                      <td>{t(`enum.OpportunityStage.${node.stage}`)}</td>
                      <td className="num">{format.money(node.expectedAmount.amount)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )}
        <Attachments record="BUSINESS_PARTNER" id={id} files={partner.attachments} permission="crm:write" />
      </DocBody>
    </Page>
  );
}

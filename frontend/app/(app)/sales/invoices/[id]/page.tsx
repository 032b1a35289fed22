import { notFound } from 'next/navigation';
import { Attachments } from '#attachments/Attachments.tsx';
import { InvoiceDetail, type InvoiceDetailData, InvoiceLive } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { RecordLive } from '#offline/RecordLive.tsx';
import { Page } from '#shell/Page.tsx';
import { viewer } from '#shell/viewer.ts';
import { DocBody, DocHead, FactGrid } from '#ui/Doc.tsx';
import { Iso, Pill } from '#ui/Status.tsx';
import { SellerGaps } from '../SellerGaps.tsx';
import { Chain } from './Chain.tsx';
import { InvoiceActions } from './InvoiceActions.tsx';
import { InvoiceLines, InvoiceSums } from './InvoiceLines.tsx';
import { InvoicePrint } from './InvoicePrint.tsx';
import { InvoiceSide } from './InvoiceSide.tsx';
import { daysOverdue, invoiceState } from './state.ts';

export type Invoice = NonNullable<InvoiceDetailData['salesInvoice']>;

export default async function InvoicePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }, { permissions }] = await Promise.all([language(), params, viewer()]);
  const {
    data: { salesInvoice: invoice },
    lost,
    seen,
  } = await askRecord(InvoiceDetail, { id });
  if (!invoice) notFound();
  const title = invoice.number ?? t(`enum.SalesInvoiceKind.${invoice.kind}`);
  const state = invoiceState(invoice);
  const late = daysOverdue(invoice);

  return (
    <Page crumbs={[{ label: t('nav.sales') }, { label: t('nav.invoices'), href: '/sales/invoices' }, { label: title }]}>
      <title>{`${title} · VALEO NeuroERP`}</title>
      <RecordLive operation={InvoiceLive} id={id} seen={seen} />
      <DocHead
        title={title}
        pills={
          <>
            <Pill tone={state.tone}>{t(`invoice.state.${state.name}`)}</Pill>
            {invoice.kind === 'CREDIT_NOTE' && state.name !== 'credit' && (
              <Pill tone="credit">{t('enum.SalesInvoiceKind.CREDIT_NOTE')}</Pill>
            )}
            {late > 0 && (
              <Pill tone="over" plain>
                {t('invoice.daysLate', { count: late })}
              </Pill>
            )}
          </>
        }
        meta={
          <>
            <span>
              {t('field.customerName')}{' '}
              {invoice.customer ? (
                <a href={`/crm/partners/${invoice.customer.id}`}>{invoice.customerName}</a>
              ) : (
                invoice.customerName
              )}{' '}
              <Iso code={invoice.country} name={format.country(invoice.country)} />
            </span>
            <span className="tabn">{t('invoice.from', { date: format.date(invoice.issuedOn) })}</span>
            {invoice.status === 'DRAFT' && <SellerGaps taxCodes={invoice.taxes.map((tax) => tax.taxCode)} />}
            {invoice.externalNumber && (
              <span className="tabn">{t('invoice.external', { number: invoice.externalNumber })}</span>
            )}
          </>
        }
      >
        <InvoiceActions
          id={invoice.id}
          title={title}
          status={invoice.status}
          isInvoice={invoice.kind === 'INVOICE'}
          isCancellation={invoice.cancels !== null}
          openAmount={invoice.openAmount.amount}
          gross={invoice.gross.amount}
          may={{ write: permissions.includes('sales:write'), post: permissions.includes('sales:post') }}
        />
      </DocHead>
      <DocBody sideLabel={t('invoice.context')} side={<InvoiceSide invoice={invoice} lost={lost} />}>
        <Chain invoice={invoice} />
        <FactGrid
          facts={[
            { label: t('invoice.issuedOn'), value: format.date(invoice.issuedOn) },
            { label: t('field.suppliedOn'), value: format.date(invoice.suppliedOn) },
            { label: t('invoice.dueOn'), value: format.date(invoice.dueOn), late: late > 0 },
            { label: t('invoice.term'), value: t('invoice.termDays', { count: invoice.paymentTermDays }) },
          ]}
        />
        {invoice.note && <p className="muted">{invoice.note}</p>}
        <InvoiceLines lines={invoice.lines} taxes={invoice.taxes} />
        <InvoiceSums invoice={invoice} />
        <Attachments record="SALES_INVOICE" id={invoice.id} files={invoice.attachments} permission="sales:write" />
      </DocBody>
      <InvoicePrint invoice={invoice} title={title} />
    </Page>
  );
}

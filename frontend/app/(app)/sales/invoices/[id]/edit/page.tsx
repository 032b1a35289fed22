import { InvoiceDraft } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { leftBehind } from '#offline/left-behind.ts';
import { TradeFormPage, typedLines } from '../../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../../trade/form/trade-draft.ts';

export default async function EditInvoicePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ draft?: string }>;
}) {
  const [{ t, format }, { id }, { draft }] = await Promise.all([language(), params, searchParams]);
  const {
    data: { salesInvoice: invoice },
  } = await askRecord(InvoiceDraft, { id });
  // What was typed of a credit note would go on as an invoice.
  if (invoice?.status !== 'DRAFT')
    leftBehind('sales.invoice', id, invoice?.kind === 'CREDIT_NOTE' ? undefined : draft, Boolean(invoice));
  const { corrects } = invoice;
  return (
    <TradeFormPage
      kind="salesInvoice"
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.invoices'), href: '/sales/invoices' },
        { label: t('invoice.state.draft') },
      ]}
      title={t(`enum.SalesInvoiceKind.${invoice.kind}`)}
      meta={
        <>
          <span>{t('invoice.numberWhenPosted')}</span>
          {corrects && (
            <a href={`/sales/invoices/${corrects.id}`}>
              {t('invoice.correctionOf', { number: corrects.number ?? '', date: format.date(corrects.issuedOn) })}
            </a>
          )}
        </>
      }
      ratesOf={corrects?.suppliedOn}
      edited={{ id, version: invoice.version }}
      initial={emptyDraft({
        partner: invoice.customer && {
          id: invoice.customer.id,
          name: invoice.customerName,
          detail: `${invoice.customerNumber}, ${format.country(invoice.customer.country)}`,
          country: invoice.customer.country,
        },
        suppliedOn: invoice.suppliedOn,
        issuedOn: invoice.issuedOn,
        paymentTermDays: String(invoice.paymentTermDays),
        reference: invoice.reference ?? '',
        note: invoice.note ?? '',
        lines: typedLines(invoice.lines, format),
      })}
    />
  );
}

import { notFound, redirect } from 'next/navigation';
import { InvoiceDraft } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { TradeFormPage, typedLines } from '../../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../../trade/form/trade-draft.ts';

export default async function EditInvoicePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { salesInvoice: invoice },
  } = await askRecord(InvoiceDraft, { id });
  if (!invoice) notFound();
  if (invoice.status !== 'DRAFT') redirect(`/sales/invoices/${id}`);
  return (
    <TradeFormPage
      kind="salesInvoice"
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.invoices'), href: '/sales/invoices' },
        { label: t('invoice.state.draft') },
      ]}
      title={t(`enum.SalesInvoiceKind.${invoice.kind}`)}
      meta={t('invoice.numberWhenPosted')}
      edited={{ id, version: invoice.version }}
      initial={emptyDraft({
        partner: invoice.customer && {
          id: invoice.customer.id,
          name: invoice.customerName,
          detail: `${invoice.customerNumber}, ${format.country(invoice.customer.country)}`,
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

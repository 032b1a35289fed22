import { notFound, redirect } from 'next/navigation';
import { FormDrafts, InvoiceDraft, TaxCodes } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { DocHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { emptyLine } from '../../form/draft.ts';
import { InvoiceForm } from '../../form/InvoiceForm.tsx';

export default async function EditInvoicePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const { salesInvoice: invoice } = await ask(InvoiceDraft, { id });
  if (!invoice) notFound();
  if (invoice.status !== 'DRAFT') redirect(`/sales/invoices/${id}`);
  const [{ taxCodes }, { drafts }] = await Promise.all([
    ask(TaxCodes, { on: invoice.suppliedOn }),
    ask(FormDrafts, { form: 'sales.invoice', recordId: id }),
  ]);
  return (
    <Page
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.invoices'), href: '/sales/invoices' },
        { label: t('invoice.state.draft') },
      ]}
    >
      <title>{`${t(`enum.SalesInvoiceKind.${invoice.kind}`)} · VALEO NeuroERP`}</title>
      <DocHead
        title={t(`enum.SalesInvoiceKind.${invoice.kind}`)}
        pills={<Pill tone="draft">{t('invoice.state.draft')}</Pill>}
        meta={t('invoice.numberWhenPosted')}
      />
      <InvoiceForm
        edited={{ id, version: invoice.version }}
        drafts={drafts}
        taxCodes={taxCodes.filter((tax) => tax.direction === 'SALE')}
        initial={{
          customer: invoice.customer && {
            id: invoice.customer.id,
            name: invoice.customerName,
            detail: `${invoice.customerNumber}, ${format.country(invoice.customer.country)}`,
          },
          suppliedOn: invoice.suppliedOn,
          issuedOn: invoice.issuedOn,
          paymentTermDays: String(invoice.paymentTermDays),
          reference: invoice.reference ?? '',
          note: invoice.note ?? '',
          lines: [
            ...invoice.lines.map((line) => ({
              ...emptyLine(),
              articleId: line.article?.id ?? null,
              sku: line.sku,
              name: line.description,
              quantity: format.decimal(line.quantity),
              unitPrice: format.decimal(line.unitPrice, 2),
              taxCode: line.taxCode,
            })),
            emptyLine(),
          ],
        }}
      />
    </Page>
  );
}

import { notFound, redirect } from 'next/navigation';
import { SupplierInvoiceDetail } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { TradeFormPage, typedLines } from '../../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../../trade/form/trade-draft.ts';

export default async function EditPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { supplierInvoice: found },
  } = await askRecord(SupplierInvoiceDetail, { id });
  if (!found) notFound();
  if (found.status !== 'RECEIVED') redirect(`/purchasing/invoices/${id}`);
  return (
    <TradeFormPage
      kind="supplierInvoice"
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.supplierInvoices'), href: '/purchasing/invoices' },
        { label: found.number, href: `/purchasing/invoices/${id}` },
      ]}
      title={found.number}
      edited={{ id, version: found.version }}
      orderId={found.order?.id}
      initial={emptyDraft({
        partner: found.supplier && {
          id: found.supplier.id,
          name: found.supplierName,
          detail: `${found.supplier.number}, ${format.country(found.supplier.country)}`,
        },
        supplierNumber: found.supplierNumber,
        issuedOn: found.issuedOn,
        suppliedOn: found.suppliedOn,
        dueOn: found.dueOn,
        statedGross: found.statedGross ? format.decimal(found.statedGross.amount, 2) : '',
        note: found.note ?? '',
        lines: typedLines(found.lines, format),
      })}
    />
  );
}

import { SupplierInvoiceDetail } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { leftBehind } from '#offline/left-behind.ts';
import { tradeKinds } from '../../../../trade/form/kinds.ts';
import { TradeFormPage, typedLines } from '../../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../../trade/form/trade-draft.ts';

export default async function EditPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ draft?: string }>;
}) {
  const [{ t, format }, { id }, { draft }] = await Promise.all([language(), params, searchParams]);
  const {
    data: { supplierInvoice: found },
  } = await askRecord(SupplierInvoiceDetail, { id });
  const kind = found?.kind === 'CREDIT_NOTE' ? 'supplierCreditNote' : 'supplierInvoice';
  if (found?.status !== 'RECEIVED') leftBehind(tradeKinds[kind].form, id, draft, Boolean(found));
  return (
    <TradeFormPage
      kind={kind}
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
        correctsId: found.corrects?.id ?? '',
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

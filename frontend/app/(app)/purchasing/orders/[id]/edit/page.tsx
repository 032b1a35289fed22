import { notFound, redirect } from 'next/navigation';
import { PurchaseOrderDetail } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { TradeFormPage, typedLines } from '../../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../../trade/form/trade-draft.ts';

export default async function EditPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { purchaseOrder: found },
  } = await askRecord(PurchaseOrderDetail, { id });
  if (!found) notFound();
  if (found.status !== 'DRAFT') redirect(`/purchasing/orders/${id}`);
  return (
    <TradeFormPage
      kind="purchaseOrder"
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.purchaseOrders'), href: '/purchasing/orders' },
        { label: found.number, href: `/purchasing/orders/${id}` },
      ]}
      title={found.number}
      edited={{ id, version: found.version }}
      initial={emptyDraft({
        partner: found.supplier && {
          id: found.supplier.id,
          name: found.supplierName,
          detail: `${found.supplier.number}, ${format.country(found.supplier.country)}`,
        },
        orderedOn: found.orderedOn,
        expectedOn: found.expectedOn ?? '',
        note: found.note ?? '',
        lines: typedLines(found.lines, format),
      })}
    />
  );
}

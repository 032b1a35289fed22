import { PurchaseOrderDetail } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { leftBehind } from '#offline/left-behind.ts';
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
    data: { purchaseOrder: found },
  } = await askRecord(PurchaseOrderDetail, { id });
  if (found?.status !== 'DRAFT') leftBehind('purchasing.order', id, draft, Boolean(found));
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

import { SalesOrderDetail } from '#graphql/_generated/operations.ts';
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
    data: { salesOrder: found },
  } = await askRecord(SalesOrderDetail, { id });
  if (found?.status !== 'DRAFT') leftBehind('sales.order', id, draft, Boolean(found));
  return (
    <TradeFormPage
      kind="salesOrder"
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.salesOrders'), href: '/sales/orders' },
        { label: found.number, href: `/sales/orders/${id}` },
      ]}
      title={found.number}
      edited={{ id, version: found.version }}
      initial={emptyDraft({
        partner: found.customer && {
          id: found.customer.id,
          name: found.customerName,
          detail: `${found.customerNumber}, ${format.country(found.country)}`,
          country: found.country,
        },
        orderedOn: found.orderedOn,
        requestedOn: found.requestedOn ?? '',
        reference: found.reference ?? '',
        note: found.note ?? '',
        lines: typedLines(found.lines, format),
      })}
    />
  );
}

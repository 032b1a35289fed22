import { notFound } from 'next/navigation';
import {
  CreateGoodsReceipt,
  PurchaseOrderDetail,
  PurchaseOrderLive,
  SetPurchaseOrderStatus,
} from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language, languageOfReader } from '#i18n/server.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { purchaseChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { Paper } from '../../../trade/Paper.tsx';
import { TradeDocument } from '../../../trade/TradeDocument.tsx';
import { tones } from '../../../trade/tones.ts';

export default async function PurchaseOrderPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { purchaseOrder: order, viewer },
    seen,
  } = await askRecord(PurchaseOrderDetail, { id });
  if (!order) notFound();
  const paper = await languageOfReader(order.supplier?.language);
  const receivable = order.status === 'SENT' || order.status === 'PARTIALLY_RECEIVED';
  const closable = order.status === 'PARTIALLY_RECEIVED' || order.status === 'RECEIVED';
  const cancellable = order.status === 'DRAFT' || order.status === 'APPROVED' || order.status === 'SENT';
  return (
    <TradeDocument
      live={{ operation: PurchaseOrderLive, seen }}
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.purchaseOrders'), href: '/purchasing/orders' },
        { label: order.number },
      ]}
      title={order.number}
      state={{ tone: tones.purchaseOrder[order.status], label: t(`enum.PurchaseOrderStatus.${order.status}`) }}
      partner={{
        id: order.supplier?.id ?? null,
        name: order.supplierName,
        number: order.supplier?.number ?? '',
        country: order.supplier?.country ?? 'DE',
      }}
      address={null}
      date={order.orderedOn}
      chain={[
        { label: t('trade.purchaseOrder'), state: 'here', links: [], note: format.date(order.orderedOn) },
        {
          label: t('trade.receipt'),
          state: order.receipts.length === 0 ? 'todo' : order.status === 'PARTIALLY_RECEIVED' ? 'part' : 'done',
          links: order.receipts.map((each) => ({ href: `/purchasing/receipts/${each.id}`, text: each.number })),
        },
        {
          label: t('trade.bill'),
          state: order.invoices.length === 0 ? 'todo' : 'done',
          links: order.invoices.map((each) => ({ href: `/purchasing/invoices/${each.id}`, text: each.number })),
        },
      ]}
      facts={[
        { label: t('field.orderedOn'), value: format.date(order.orderedOn) },
        { label: t('field.expectedOn'), value: order.expectedOn && format.date(order.expectedOn) },
        { label: t('field.externalNumber'), value: order.externalNumber },
        { label: t('field.lineCount'), value: format.integer(order.lines.length) },
      ]}
      lines={order.lines.map(({ received, billed, ...line }) => ({ ...line, delivered: received, invoiced: billed }))}
      sums={{ net: order.net.amount, tax: order.tax.amount, gross: order.gross.amount }}
      note={order.note}
      side={
        <>
          <RelatedDocuments here={id} documents={purchaseChain({ order }, { t, format })} />
          <DocumentHistory changes={order.history} states="PurchaseOrderStatus" />
        </>
      }
      attachments={{ record: 'PURCHASE_ORDER', id, files: order.attachments }}
      paper={
        <Paper
          locale={paper.locale}
          title={`${paper.t('trade.purchaseOrder')} ${order.number}`}
          sender={viewer?.company ?? null}
          recipient={{ name: order.supplierName, address: order.supplier?.billingAddress ?? null }}
          facts={[
            [paper.t('field.orderedOn'), paper.format.date(order.orderedOn)],
            [paper.t('field.expectedOn'), order.expectedOn && paper.format.date(order.expectedOn)],
            [paper.t('print.supplierNumber'), order.supplier?.number],
          ]}
          lines={order.lines}
          totals={[
            [paper.t('invoice.net'), paper.format.money(order.net.amount)],
            [paper.t('invoice.vatLong'), paper.format.money(order.tax.amount)],
            [paper.t('invoice.gross'), paper.format.money(order.gross.amount)],
          ]}
          texts={[order.note]}
        />
      }
      permission="purchasing:write"
      actions={
        <>
          {order.status === 'DRAFT' && (
            <ButtonLink icon="pencil" href={`/purchasing/orders/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          )}
          {cancellable && (
            <WriteButton
              operation={SetPurchaseOrderStatus}
              input={{ id, status: 'CANCELLED' }}
              saved={t('trade.done.cancelled')}
              icon="undo"
              question={t('trade.cancelQuestion', { number: order.number })}
            >
              {t('trade.cancel')}
            </WriteButton>
          )}
          {closable && (
            <WriteButton
              operation={SetPurchaseOrderStatus}
              input={{ id, status: 'CLOSED' }}
              saved={t('trade.done.closed')}
              icon="check"
              question={t(order.status === 'RECEIVED' ? 'trade.closeQuestion' : 'trade.closeRestQuestion', {
                number: order.number,
              })}
            >
              {t('trade.close')}
            </WriteButton>
          )}
          {order.status !== 'DRAFT' && order.status !== 'CANCELLED' && (
            <ButtonLink icon="bill" href={`/purchasing/invoices/new?order=${id}`}>
              {t('trade.enterBill')}
            </ButtonLink>
          )}
          {order.status === 'DRAFT' && (
            <WriteButton
              operation={SetPurchaseOrderStatus}
              input={{ id, status: 'APPROVED' }}
              saved={t('trade.done.approved')}
              icon="check"
              kind="primary"
            >
              {t('trade.approve')}
            </WriteButton>
          )}
          {order.status === 'APPROVED' && (
            <WriteButton
              operation={SetPurchaseOrderStatus}
              input={{ id, status: 'SENT' }}
              saved={t('trade.done.sent')}
              icon="mail"
              kind="primary"
            >
              {t('trade.markSent')}
            </WriteButton>
          )}
          {receivable && (
            <WriteButton
              operation={CreateGoodsReceipt}
              input={{ orderId: id }}
              saved={t('trade.done.receipt')}
              icon="download"
              kind="primary"
              target="/purchasing/receipts/{goodsReceipt.id}"
            >
              {t('trade.receive')}
            </WriteButton>
          )}
        </>
      }
    />
  );
}

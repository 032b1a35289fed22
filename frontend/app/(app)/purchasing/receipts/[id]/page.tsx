import { notFound } from 'next/navigation';
import {
  CancelGoodsReceipt,
  GoodsReceiptDetail,
  GoodsReceiptLive,
  PostGoodsReceipt,
} from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { CancelButton } from '../../../trade/CancelButton.tsx';
import { purchaseChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { Movements } from '../../../trade/Movements.tsx';
import { TradeDocument } from '../../../trade/TradeDocument.tsx';
import { tones } from '../../../trade/tones.ts';

export default async function GoodsReceiptPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { goodsReceipt: receipt },
    lost,
    seen,
  } = await askRecord(GoodsReceiptDetail, { id });
  if (!receipt) notFound();
  // The reverse movements carry the reason.
  const cancelReason = receipt.stockMovements?.edges.find(({ node }) => node.reason)?.node.reason;
  return (
    <TradeDocument
      live={{ operation: GoodsReceiptLive, seen }}
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.receipts'), href: '/purchasing/receipts' },
        { label: receipt.number },
      ]}
      title={receipt.number}
      state={{ tone: tones.receipt[receipt.status], label: t(`enum.GoodsReceiptStatus.${receipt.status}`) }}
      partner={{
        id: receipt.supplier?.id ?? null,
        name: receipt.supplierName,
        number: receipt.supplier?.number ?? '',
        country: receipt.supplier?.country ?? 'DE',
      }}
      address={null}
      date={receipt.receivedOn}
      chain={[
        ...(receipt.order
          ? [
              {
                label: t('trade.purchaseOrder'),
                state: 'done' as const,
                links: [{ href: `/purchasing/orders/${receipt.order.id}`, text: receipt.order.number }],
              },
            ]
          : []),
        { label: t('trade.receipt'), state: 'here', links: [], note: format.date(receipt.receivedOn) },
      ]}
      facts={[
        { label: t('field.receivedOn'), value: format.date(receipt.receivedOn) },
        { label: t('field.deliveryNote'), value: receipt.deliveryNote },
        { label: t('field.warehouse'), value: receipt.warehouse?.name },
        { label: t('field.externalNumber'), value: receipt.externalNumber },
      ]}
      lines={receipt.lines.map(({ received, ...line }) => ({ ...line, quantity: received }))}
      note={receipt.note}
      more={<Movements found={receipt.stockMovements} lost={lost.has('goodsReceipt.stockMovements')} />}
      side={
        <>
          <RelatedDocuments
            here={id}
            documents={purchaseChain({ order: receipt.order, receipts: [receipt] }, { t, format })}
          />
          <DocumentHistory changes={receipt.history} states="GoodsReceiptStatus" reason={cancelReason} />
        </>
      }
      attachments={{ record: 'GOODS_RECEIPT', id, files: receipt.attachments }}
      permission="purchasing:write"
      actions={
        <>
          {receipt.status === 'DRAFT' && (
            <ButtonLink icon="pencil" href={`/purchasing/receipts/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          )}
          {receipt.status === 'DRAFT' && (
            <WriteButton
              operation={PostGoodsReceipt}
              input={{ id }}
              saved={t('trade.done.received')}
              icon="check"
              kind="primary"
            >
              {t('guide.sample.post')}
            </WriteButton>
          )}
          {receipt.status === 'POSTED' && (
            <CancelButton
              operation={CancelGoodsReceipt}
              id={id}
              action={t('trade.cancelDocument')}
              question={t('trade.cancelQuestion', { number: receipt.number })}
              text={t(receipt.order ? 'trade.cancelReceiptOfOrder' : 'trade.cancelReceipt', {
                order: receipt.order?.number ?? '',
              })}
              done={t('ui.invoice.cancelled', { number: receipt.number })}
            />
          )}
        </>
      }
    />
  );
}

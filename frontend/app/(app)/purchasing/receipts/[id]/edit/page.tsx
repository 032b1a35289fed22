import { notFound, redirect } from 'next/navigation';
import {
  FormDrafts,
  GoodsReceiptDetail,
  GoodsReceiptLive,
  UpdateGoodsReceipt,
} from '#graphql/_generated/operations.ts';
import { ask, askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { DocHead } from '#ui/Doc.tsx';
import { QuantitiesForm } from '../../../../trade/QuantitiesForm.tsx';

/** What has really come, and what of it was rejected. */
export default async function EditReceiptPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const [
    {
      data: { goodsReceipt: receipt },
    },
    { drafts },
  ] = await Promise.all([
    askRecord(GoodsReceiptDetail, { id }),
    ask(FormDrafts, { form: 'purchasing.receipt', recordId: id }),
  ]);
  if (!receipt) notFound();
  if (receipt.status !== 'DRAFT') redirect(`/purchasing/receipts/${id}`);
  const { number, version } = receipt;
  return (
    <Page
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.receipts'), href: '/purchasing/receipts' },
        { label: number, href: `/purchasing/receipts/${id}` },
      ]}
      permission="purchasing:write"
    >
      <title>{`${t('title.edit', { name: number })} · VALEO NeuroERP`}</title>
      <DocHead title={number} meta={receipt.supplierName} />
      <div className="form-page">
        <QuantitiesForm
          title={number}
          edited={{
            record: { form: 'purchasing.receipt', recordId: id, version },
            operation: UpdateGoodsReceipt,
            object: 'goodsReceipt',
            live: GoodsReceiptLive,
          }}
          fixed={{
            orderId: receipt.order?.id ?? null,
            supplierId: receipt.order ? null : (receipt.supplier?.id ?? null),
            warehouseId: receipt.warehouse?.id ?? null,
            note: receipt.note,
          }}
          head={[
            { name: 'receivedOn', label: t('field.receivedOn'), type: 'date' },
            { name: 'deliveryNote', label: t('field.deliveryNote'), type: 'text' },
          ]}
          columns={[
            { name: 'received', label: t('trade.received') },
            { name: 'rejected', label: t('trade.rejected') },
          ]}
          values={{
            receivedOn: receipt.receivedOn,
            deliveryNote: receipt.deliveryNote ?? '',
            lines: receipt.lines.map(({ position, sku, description, article, orderLine, received, rejected }) => ({
              position,
              sku,
              description,
              fixed: orderLine ? { orderLine } : { articleId: article?.id },
              received: format.decimal(received),
              rejected: format.decimal(rejected),
            })),
          }}
          drafts={drafts}
          target={`/purchasing/receipts/${id}`}
        />
      </div>
    </Page>
  );
}

import { notFound, redirect } from 'next/navigation';
import { GoodsReceiptDetail, UpdateGoodsReceipt } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { DocHead } from '#ui/Doc.tsx';
import { QuantitiesForm } from '../../../../trade/QuantitiesForm.tsx';

/** What has really come, and what of it was rejected. */
export default async function EditReceiptPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { goodsReceipt: receipt },
  } = await askRecord(GoodsReceiptDetail, { id });
  if (!receipt) notFound();
  if (receipt.status !== 'DRAFT') redirect(`/purchasing/receipts/${id}`);
  return (
    <Page
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.receipts'), href: '/purchasing/receipts' },
        { label: receipt.number, href: `/purchasing/receipts/${id}` },
      ]}
    >
      <title>{`${t('title.edit', { name: receipt.number })} · VALEO NeuroERP`}</title>
      <DocHead title={receipt.number} meta={receipt.supplierName} />
      <div className="form-page">
        <QuantitiesForm
          operation={UpdateGoodsReceipt}
          fixed={{
            id,
            version: receipt.version,
            orderId: receipt.order?.id ?? null,
            supplierId: receipt.order ? null : (receipt.supplier?.id ?? null),
            warehouseId: receipt.warehouse?.id ?? null,
            note: receipt.note,
          }}
          head={[
            { name: 'receivedOn', label: t('field.receivedOn'), type: 'date', value: receipt.receivedOn },
            { name: 'deliveryNote', label: t('field.deliveryNote'), type: 'text', value: receipt.deliveryNote ?? '' },
          ]}
          columns={[
            { name: 'received', label: t('trade.received') },
            { name: 'rejected', label: t('trade.rejected') },
          ]}
          lines={receipt.lines.map(({ position, sku, description, unit, article, orderLine, received, rejected }) => ({
            position,
            sku,
            description,
            unit,
            fixed: orderLine ? { orderLine } : { articleId: article?.id },
            quantities: { received: format.decimal(received), rejected: format.decimal(rejected) },
          }))}
          target={`/purchasing/receipts/${id}`}
        />
      </div>
    </Page>
  );
}

import { notFound, redirect } from 'next/navigation';
import { DeliveryDetail, UpdateDelivery } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { DocHead } from '#ui/Doc.tsx';
import { QuantitiesForm } from '../../../../trade/QuantitiesForm.tsx';

/** What really goes out; the rest of the order stays to be delivered. */
export default async function EditDeliveryPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { delivery },
  } = await askRecord(DeliveryDetail, { id });
  if (!delivery) notFound();
  if (delivery.status !== 'DRAFT') redirect(`/sales/deliveries/${id}`);
  return (
    <Page
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.deliveries'), href: '/sales/deliveries' },
        { label: delivery.number, href: `/sales/deliveries/${id}` },
      ]}
    >
      <title>{`${t('title.edit', { name: delivery.number })} · VALEO NeuroERP`}</title>
      <DocHead title={delivery.number} meta={delivery.customerName} />
      <div className="form-page">
        <QuantitiesForm
          operation={UpdateDelivery}
          fixed={{
            id,
            version: delivery.version,
            orderId: delivery.order?.id ?? null,
            customerId: delivery.order ? null : (delivery.customer?.id ?? null),
            reference: delivery.reference,
            note: delivery.note,
          }}
          head={[{ name: 'deliverOn', label: t('field.deliverOn'), type: 'date', value: delivery.deliverOn }]}
          columns={[{ name: 'quantity', label: t('field.quantity') }]}
          lines={delivery.lines.map(({ position, sku, description, unit, article, orderLine, quantity }) => ({
            position,
            sku,
            description,
            unit,
            fixed: orderLine ? { orderLine } : { articleId: article?.id },
            quantities: { quantity: format.decimal(quantity) },
          }))}
          target={`/sales/deliveries/${id}`}
        />
      </div>
    </Page>
  );
}

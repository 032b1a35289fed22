import { notFound, redirect } from 'next/navigation';
import { DeliveryDetail, DeliveryLive, FormDrafts, UpdateDelivery } from '#graphql/_generated/operations.ts';
import { ask, askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { DocHead } from '#ui/Doc.tsx';
import { QuantitiesForm } from '../../../../trade/QuantitiesForm.tsx';

/** What really goes out; the rest of the order stays to be delivered. */
export default async function EditDeliveryPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const [
    {
      data: { delivery },
    },
    { drafts },
  ] = await Promise.all([askRecord(DeliveryDetail, { id }), ask(FormDrafts, { form: 'sales.delivery', recordId: id })]);
  if (!delivery) notFound();
  if (delivery.status !== 'DRAFT') redirect(`/sales/deliveries/${id}`);
  const { number, version } = delivery;
  return (
    <Page
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.deliveries'), href: '/sales/deliveries' },
        { label: number, href: `/sales/deliveries/${id}` },
      ]}
      permission="sales:write"
    >
      <title>{`${t('title.edit', { name: number })} · VALEO NeuroERP`}</title>
      <DocHead title={number} meta={delivery.customerName} />
      <div className="form-page">
        <QuantitiesForm
          title={number}
          edited={{
            record: { form: 'sales.delivery', recordId: id, version },
            operation: UpdateDelivery,
            object: 'delivery',
            live: DeliveryLive,
          }}
          fixed={{
            orderId: delivery.order?.id ?? null,
            customerId: delivery.order ? null : (delivery.customer?.id ?? null),
            address: delivery.address,
            warehouseId: delivery.warehouse?.id ?? null,
            country: delivery.country,
            reference: delivery.reference,
            note: delivery.note,
          }}
          head={[{ name: 'deliverOn', label: t('field.deliverOn'), type: 'date' }]}
          columns={[{ name: 'quantity', label: t('field.quantity') }]}
          values={{
            deliverOn: delivery.deliverOn,
            lines: delivery.lines.map(({ position, sku, description, article, orderLine, quantity }) => ({
              position,
              sku,
              description,
              fixed: orderLine ? { orderLine, description } : { articleId: article?.id, description },
              quantity: format.decimal(quantity),
            })),
          }}
          drafts={drafts}
          target={`/sales/deliveries/${id}`}
        />
      </div>
    </Page>
  );
}

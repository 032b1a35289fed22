import { fromUnits, QUANTITY_SCALE, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { notFound } from 'next/navigation';
import { DeliveryDetail, DeliveryLive, InvoiceDelivery, ShipDelivery } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language, languageOfReader } from '#i18n/server.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { salesChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { Movements } from '../../../trade/Movements.tsx';
import { Paper } from '../../../trade/Paper.tsx';
import { TradeDocument } from '../../../trade/TradeDocument.tsx';
import { tones } from '../../../trade/tones.ts';
import { ReturnButton } from './ReturnButton.tsx';

export default async function DeliveryPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { delivery, viewer },
    lost,
    seen,
  } = await askRecord(DeliveryDetail, { id });
  if (!delivery) notFound();
  const paper = await languageOfReader(delivery.customer?.language);
  const out = delivery.lines.flatMap(({ position, sku, description, quantity, returned }) => {
    const units = toUnits(quantity, QUANTITY_SCALE) - toUnits(returned, QUANTITY_SCALE);
    return units > 0n ? [{ position, sku, description, out: trimDecimal(fromUnits(units, QUANTITY_SCALE)) }] : [];
  });
  return (
    <TradeDocument
      live={{ operation: DeliveryLive, seen }}
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.deliveries'), href: '/sales/deliveries' },
        { label: delivery.number },
      ]}
      title={delivery.number}
      state={{ tone: tones.delivery[delivery.status], label: t(`enum.DeliveryStatus.${delivery.status}`) }}
      partner={{
        id: delivery.customer?.id ?? null,
        name: delivery.customerName,
        number: delivery.customerNumber,
        country: delivery.country,
      }}
      address={delivery.address ?? delivery.customerAddress}
      date={delivery.deliverOn}
      chain={[
        ...(delivery.order
          ? [
              {
                label: t('trade.order'),
                state: 'done' as const,
                links: [{ href: `/sales/orders/${delivery.order.id}`, text: delivery.order.number }],
              },
            ]
          : []),
        { label: t('trade.delivery'), state: 'here', links: [], note: format.date(delivery.deliverOn) },
        {
          label: t('enum.SalesInvoiceKind.INVOICE'),
          state: delivery.invoiced ? 'done' : 'todo',
          links: delivery.invoices.map((each) => ({
            href: `/sales/invoices/${each.id}`,
            text: each.number ?? t('invoice.state.draft'),
          })),
        },
      ]}
      facts={[
        { label: t('field.deliverOn'), value: format.date(delivery.deliverOn) },
        { label: t('field.returnedOn'), value: delivery.returnedOn && format.date(delivery.returnedOn) },
        { label: t('field.customerReference'), value: delivery.reference },
        { label: t('field.externalNumber'), value: delivery.externalNumber },
      ]}
      lines={delivery.lines.map(({ unitPrice: _, net: __, ...line }) => line)}
      note={delivery.returnReason ?? delivery.note}
      more={<Movements found={delivery.stockMovements} lost={lost.has('delivery.stockMovements')} />}
      side={
        <>
          <RelatedDocuments
            here={id}
            documents={salesChain(
              { order: delivery.order, deliveries: [delivery], invoices: delivery.invoices },
              { t, format },
            )}
          />
          <DocumentHistory changes={delivery.history} states="DeliveryStatus" reason={delivery.returnReason} />
        </>
      }
      attachments={{ record: 'DELIVERY', id, files: delivery.attachments }}
      paper={
        <Paper
          locale={paper.locale}
          title={`${paper.t('print.deliveryNote')} ${delivery.number}`}
          sender={viewer?.company ?? null}
          recipient={{
            name: delivery.customerName,
            address: delivery.address ?? delivery.customerAddress ?? { country: delivery.country },
          }}
          facts={[
            [paper.t('field.deliverOn'), paper.format.date(delivery.deliverOn)],
            [paper.t('print.customerNumber'), delivery.customerNumber],
            [paper.t('print.customerReference'), delivery.reference],
            [paper.t('trade.order'), delivery.order?.number],
          ]}
          lines={delivery.lines.map(({ unitPrice: _, net: __, ...line }) => line)}
          texts={[delivery.returnReason, delivery.note]}
        />
      }
      permission="sales:write"
      actions={
        <>
          {delivery.status === 'DRAFT' && (
            <ButtonLink icon="pencil" href={`/sales/deliveries/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          )}
          {delivery.status === 'DRAFT' && (
            <WriteButton
              operation={ShipDelivery}
              input={{ id }}
              saved={t('trade.done.shipped')}
              icon="truck"
              kind="primary"
            >
              {t('trade.ship')}
            </WriteButton>
          )}
          {delivery.status === 'SHIPPED' && (
            <ReturnButton id={id} number={delivery.number} lines={out} billed={delivery.invoiced} />
          )}
          {delivery.status === 'SHIPPED' && !delivery.invoiced && (
            <WriteButton
              operation={InvoiceDelivery}
              input={{ id }}
              saved={t('trade.done.invoice')}
              icon="invoice"
              kind="primary"
              target="/sales/invoices/{salesInvoice.id}"
            >
              {t('trade.invoice')}
            </WriteButton>
          )}
        </>
      }
    />
  );
}

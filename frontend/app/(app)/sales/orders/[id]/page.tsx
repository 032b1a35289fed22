import { notFound } from 'next/navigation';
import {
  CancelSalesOrder,
  ConfirmSalesOrder,
  CreateDelivery,
  InvoiceSalesOrder,
  SalesOrderDetail,
  SalesOrderLive,
} from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language, languageOfReader } from '#i18n/server.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { CancelButton } from '../../../trade/CancelButton.tsx';
import { salesChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { Paper } from '../../../trade/Paper.tsx';
import { TradeDocument } from '../../../trade/TradeDocument.tsx';
import { tones } from '../../../trade/tones.ts';

const steps = { NONE: 'todo', PARTIAL: 'part', COMPLETE: 'done' } as const;

export default async function SalesOrderPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { salesOrder: order, viewer },
    seen,
  } = await askRecord(SalesOrderDetail, { id });
  if (!order) notFound();
  const paper = await languageOfReader(order.customer?.language);
  const open = order.status === 'CONFIRMED';
  return (
    <TradeDocument
      live={{ operation: SalesOrderLive, seen }}
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.salesOrders'), href: '/sales/orders' },
        { label: order.number },
      ]}
      title={order.number}
      state={{ tone: tones.salesOrder[order.status], label: t(`enum.SalesOrderStatus.${order.status}`) }}
      partner={{
        id: order.customer?.id ?? null,
        name: order.customerName,
        number: order.customerNumber,
        country: order.country,
      }}
      address={order.customerAddress}
      date={order.orderedOn}
      chain={[
        ...(order.quote
          ? [
              {
                label: t('trade.quote'),
                state: 'done' as const,
                links: [{ href: `/sales/quotes/${order.quote.id}`, text: order.quote.number }],
              },
            ]
          : []),
        { label: t('trade.order'), state: 'here', links: [], note: format.date(order.orderedOn) },
        {
          label: t('trade.delivery'),
          state: steps[order.deliveryStatus],
          links: order.deliveries.map((each) => ({ href: `/sales/deliveries/${each.id}`, text: each.number })),
        },
        {
          label: t('enum.SalesInvoiceKind.INVOICE'),
          state: steps[order.invoiceStatus],
          links: order.invoices.map((each) => ({
            href: `/sales/invoices/${each.id}`,
            text: each.number ?? t('invoice.state.draft'),
          })),
        },
      ]}
      facts={[
        { label: t('field.orderedOn'), value: format.date(order.orderedOn) },
        { label: t('field.requestedOn'), value: order.requestedOn && format.date(order.requestedOn) },
        { label: t('field.customerReference'), value: order.reference },
        { label: t('field.externalNumber'), value: order.externalNumber },
      ]}
      lines={order.lines}
      sums={{ net: order.net.amount, tax: order.tax.amount, gross: order.gross.amount }}
      note={order.cancelReason ?? order.note}
      side={
        <>
          <RelatedDocuments here={id} documents={salesChain({ order }, { t, format })} />
          <DocumentHistory changes={order.history} states="SalesOrderStatus" reason={order.cancelReason} />
        </>
      }
      attachments={{ record: 'SALES_ORDER', id, files: order.attachments }}
      paper={
        <Paper
          locale={paper.locale}
          title={`${paper.t('print.orderConfirmation')} ${order.number}`}
          sender={viewer?.company ?? null}
          recipient={{ name: order.customerName, address: order.customerAddress ?? { country: order.country } }}
          facts={[
            [paper.t('field.orderedOn'), paper.format.date(order.orderedOn)],
            [paper.t('field.requestedOn'), order.requestedOn && paper.format.date(order.requestedOn)],
            [paper.t('print.customerNumber'), order.customerNumber],
            [paper.t('print.customerReference'), order.reference],
            [paper.t('trade.quote'), order.quote?.number],
          ]}
          lines={order.lines}
          totals={[
            [paper.t('invoice.net'), paper.format.money(order.net.amount)],
            [paper.t('invoice.vatLong'), paper.format.money(order.tax.amount)],
            [paper.t('invoice.gross'), paper.format.money(order.gross.amount)],
          ]}
          texts={[order.cancelReason, order.note]}
        />
      }
      permission="sales:write"
      actions={
        <>
          {order.status === 'DRAFT' && (
            <ButtonLink icon="pencil" href={`/sales/orders/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          )}
          {(order.status === 'DRAFT' || open) && (
            <CancelButton
              operation={CancelSalesOrder}
              id={id}
              action={t('trade.cancel')}
              question={t('trade.cancelQuestion', { number: order.number })}
              text={t('trade.cancelOrder')}
              done={t('ui.invoice.cancelled', { number: order.number })}
            />
          )}
          {order.status === 'DRAFT' && (
            <WriteButton
              operation={ConfirmSalesOrder}
              input={{ id }}
              saved={t('trade.done.confirmed')}
              icon="check"
              kind="primary"
            >
              {t('trade.confirm')}
            </WriteButton>
          )}
          {open && order.deliveryStatus !== 'COMPLETE' && (
            <WriteButton
              operation={CreateDelivery}
              input={{ orderId: id }}
              saved={t('trade.done.delivery')}
              icon="truck"
              target="/sales/deliveries/{delivery.id}"
            >
              {t('trade.deliver')}
            </WriteButton>
          )}
          {open && order.invoiceStatus !== 'COMPLETE' && (
            <WriteButton
              operation={InvoiceSalesOrder}
              input={{ id, undelivered: true }}
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

import type { Ctx } from '@valeo/kit/context.ts';
import { historyOf } from '@valeo/kit/history.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import { trimDecimal, trimPrice } from '@valeo/money/decimal.ts';
import { deliveries } from '../delivery/delivery.list.ts';
import { deliveriesOfInvoice, deliveryLines, invoicesOfDelivery } from '../delivery/delivery.queries.ts';
import type { DeliveryLineRow, DeliveryRow } from '../delivery/delivery.tables.ts';
import type { SalesInvoiceRow } from '../invoice/invoice.tables.ts';
import { salesOrders } from '../order/order.list.ts';
import { deliveriesOfOrder, invoicesOfOrder, orderLines } from '../order/order.queries.ts';
import type { SalesOrderLineRow, SalesOrderRow } from '../order/order.tables.ts';
import { quotes } from '../quote/quote.list.ts';
import { quoteLines } from '../quote/quote.queries.ts';
import type { QuoteRow } from '../quote/quote.tables.ts';

interface LineRow {
  readonly articleId: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

const totals = { customer: reference('customerId'), net: money('net'), tax: money('tax'), gross: money('gross') };
const line = {
  article: reference('articleId'),
  quantity: (row: LineRow) => trimDecimal(row.quantity),
  unitPrice: (row: LineRow) => trimPrice(row.unitPrice),
};

/** Quotes, orders and deliveries, and how documents lead to each other. */
export const documentResolvers = {
  Quote: {
    ...totals,
    history: historyOf('sales.Quote', 'sales.quote'),
    lines: (row: QuoteRow, _: unknown, ctx: Ctx) => quoteLines(ctx, row.id),
    order: (row: QuoteRow, _: unknown, ctx: Ctx) => row.orderId && loadNode(ctx, salesOrders, row.orderId),
  },
  QuoteLine: line,
  SalesOrder: {
    ...totals,
    history: historyOf('sales.SalesOrder', 'sales.sales_order'),
    lines: (row: SalesOrderRow, _: unknown, ctx: Ctx) => orderLines(ctx, row.id),
    quote: (row: SalesOrderRow, _: unknown, ctx: Ctx) => row.quoteId && loadNode(ctx, quotes, row.quoteId),
    deliveries: (row: SalesOrderRow, _: unknown, ctx: Ctx) => deliveriesOfOrder(ctx, row.id),
    invoices: (row: SalesOrderRow, _: unknown, ctx: Ctx) => invoicesOfOrder(ctx, row.id),
  },
  SalesOrderLine: {
    ...line,
    delivered: (row: SalesOrderLineRow) => trimDecimal(row.delivered),
    invoiced: (row: SalesOrderLineRow) => trimDecimal(row.invoiced),
  },
  Delivery: {
    history: historyOf('sales.Delivery', 'sales.delivery'),
    customer: reference('customerId'),
    warehouse: reference('warehouseId'),
    lines: (row: DeliveryRow, _: unknown, ctx: Ctx) => deliveryLines(ctx, row.id),
    order: (row: DeliveryRow, _: unknown, ctx: Ctx) => row.orderId && loadNode(ctx, salesOrders, row.orderId),
    invoices: (row: DeliveryRow, _: unknown, ctx: Ctx) => invoicesOfDelivery(ctx, row.id),
  },
  DeliveryLine: { ...line, returned: (row: DeliveryLineRow) => trimDecimal(row.returned) },
  SalesInvoice: {
    history: historyOf('sales.SalesInvoice', 'sales.sales_invoice'),
    order: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) => row.orderId && loadNode(ctx, salesOrders, row.orderId),
    deliveries: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) => deliveriesOfInvoice(ctx, row.id),
  },
  SalesInvoiceLine: {
    delivery: (row: { readonly deliveryId: string | null }, _: unknown, ctx: Ctx) =>
      row.deliveryId && loadNode(ctx, deliveries, row.deliveryId),
  },
};

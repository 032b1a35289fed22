import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { deliveries } from './delivery/delivery.list.ts';
import {
  createDeliveries,
  createDelivery,
  invoiceDelivery,
  shipDelivery,
  updateDelivery,
} from './delivery/delivery.mutations.ts';
import { returnDelivery } from './delivery/return-delivery.ts';
import { documentResolvers } from './document/document.resolvers.ts';
import { cancelSalesInvoice } from './invoice/cancel-invoice.ts';
import { cancelPayment } from './invoice/cancel-payment.ts';
import { followOpenItems } from './invoice/follow-open-items.ts';
import { salesInvoices } from './invoice/invoice.list.ts';
import {
  createSalesInvoice,
  createSalesInvoices,
  deleteSalesInvoice,
  postSalesInvoice,
} from './invoice/invoice.mutations.ts';
import { invoiceResolvers } from './invoice/invoice.resolvers.ts';
import { recordPayment } from './invoice/record-payment.ts';
import { updateSalesInvoice } from './invoice/update-invoice.ts';
import { invoiceSalesOrder } from './order/invoice-order.ts';
import { salesOrders } from './order/order.list.ts';
import {
  cancelSalesOrder,
  confirmSalesOrder,
  createSalesOrder,
  createSalesOrders,
  updateSalesOrder,
} from './order/order.mutations.ts';
import { quotes } from './quote/quote.list.ts';
import { convertQuote, createQuote, createQuotes, setQuoteStatus, updateQuote } from './quote/quote.mutations.ts';
import { salesTexts } from './sales.texts.ts';

/** Quotes, orders, deliveries, invoices and credit notes. */
export const sales = defineSubgraph({
  name: 'sales',
  folder: import.meta.dirname,
  lists: [quotes, salesOrders, deliveries, salesInvoices],
  mutations: [
    createQuote,
    createQuotes,
    updateQuote,
    setQuoteStatus,
    convertQuote,
    createSalesOrder,
    createSalesOrders,
    updateSalesOrder,
    confirmSalesOrder,
    cancelSalesOrder,
    invoiceSalesOrder,
    createDelivery,
    createDeliveries,
    updateDelivery,
    shipDelivery,
    returnDelivery,
    invoiceDelivery,
    createSalesInvoice,
    createSalesInvoices,
    updateSalesInvoice,
    deleteSalesInvoice,
    postSalesInvoice,
    cancelSalesInvoice,
    recordPayment,
    cancelPayment,
  ],
  resolvers: [invoiceResolvers, documentResolvers],
  texts: salesTexts,
  appendOnly: ['payment', 'payment_cancellation'],
  derived: ['number_range'],
  consumers: [followOpenItems],
});

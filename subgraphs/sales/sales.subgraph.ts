import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { cancelSalesInvoice } from './invoice/cancel-invoice.ts';
import { salesInvoices } from './invoice/invoice.list.ts';
import {
  createSalesInvoice,
  createSalesInvoices,
  deleteSalesInvoice,
  postSalesInvoice,
  updateSalesInvoice,
} from './invoice/invoice.mutations.ts';
import { invoiceResolvers } from './invoice/invoice.resolvers.ts';
import { recordPayment } from './invoice/record-payment.ts';
import { salesTexts } from './sales.texts.ts';

/** Quotes, orders, deliveries, invoices and credit notes. */
export const sales = defineSubgraph({
  name: 'sales',
  folder: import.meta.dirname,
  lists: [salesInvoices],
  mutations: [
    createSalesInvoice,
    createSalesInvoices,
    updateSalesInvoice,
    deleteSalesInvoice,
    postSalesInvoice,
    cancelSalesInvoice,
    recordPayment,
  ],
  resolvers: [invoiceResolvers],
  texts: salesTexts,
  appendOnly: ['payment'],
  derived: ['number_range'],
});

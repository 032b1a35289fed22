import { taxNote } from '@valeo/finance/ledger/ledger.ts';
import type { Ctx } from '@valeo/kit/context.ts';
import type { FilterInput } from '@valeo/kit/filter.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import { trimDecimal, trimPrice } from '@valeo/money/decimal.ts';
import { salesInvoices } from './invoice.list.ts';
import * as queries from './invoice.queries.ts';
import type { SalesInvoiceLineRow, SalesInvoiceRow, SalesInvoiceTaxRow } from './invoice.tables.ts';

export const invoiceResolvers = {
  Query: {
    salesInvoiceTotals: (_: unknown, args: { filter?: FilterInput | null }, ctx: Ctx) =>
      queries.invoiceTotals(ctx, args.filter),
    salesByMonth: (_: unknown, args: { from?: string | null; to?: string | null }, ctx: Ctx) =>
      queries.salesByMonth(ctx, args.from ?? null, args.to ?? null),
  },
  SalesInvoice: {
    customer: reference('customerId'),
    lines: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) => queries.linesOf(ctx, row.id),
    taxes: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) => queries.taxesOf(ctx, row.id),
    payments: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) => queries.paymentsOf(ctx, row.id),
    net: money('net'),
    tax: money('tax'),
    gross: money('gross'),
    openAmount: money('openAmount'),
    signedNet: money('signedNet'),
    signedTax: money('signedTax'),
    signedGross: money('signedGross'),
    signedOpenAmount: money('signedOpenAmount'),
    journalEntry: reference('journalEntryId'),
    corrects: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) =>
      row.correctsId && loadNode(ctx, salesInvoices, row.correctsId),
    creditNotes: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) => queries.creditNotesOf(ctx, row.id),
    cancels: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) =>
      row.cancelsId && loadNode(ctx, salesInvoices, row.cancelsId),
    cancelledBy: (row: SalesInvoiceRow, _: unknown, ctx: Ctx) =>
      row.cancelledById && loadNode(ctx, salesInvoices, row.cancelledById),
  },
  SalesInvoiceLine: {
    article: reference('articleId'),
    quantity: (row: SalesInvoiceLineRow) => trimDecimal(row.quantity),
    unitPrice: (row: SalesInvoiceLineRow) => trimPrice(row.unitPrice),
  },
  SalesInvoiceTax: {
    rate: (row: SalesInvoiceTaxRow) => trimDecimal(row.rate),
    net: money('net'),
    tax: money('tax'),
    note: (row: SalesInvoiceTaxRow) => taxNote(row.taxCode) || null,
  },
  SalesPayment: {
    amount: money('amount'),
    discount: money('discount'),
    journalEntry: reference('journalEntryId'),
    cancelEntry: reference('cancelEntryId'),
  },
  Article: {
    sales: (article: { id: string }, _: unknown, ctx: Ctx) => queries.salesOfArticle(ctx, article.id),
  },
};

import type { Ctx } from '@valeo/kit/context.ts';
import { historyOf } from '@valeo/kit/history.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import { money, reference } from '@valeo/kit/money-field.ts';
import { trimDecimal, trimPrice } from '@valeo/money/decimal.ts';
import { supplierInvoices } from './bill/bill.list.ts';
import { billLines, creditNotesOfBill, paymentsOfBill } from './bill/bill.queries.ts';
import type { SupplierInvoiceLineRow, SupplierInvoiceRow } from './bill/bill.tables.ts';
import { purchaseOrders } from './order/purchase-order.list.ts';
import {
  billsOfOrder,
  purchaseOrderLines,
  purchasesOfArticle,
  receiptsOfOrder,
} from './order/purchase-order.queries.ts';
import type { PurchaseOrderLineRow, PurchaseOrderRow } from './order/purchase-order.tables.ts';
import { receiptLines } from './receipt/receipt.queries.ts';
import type { GoodsReceiptLineRow, GoodsReceiptRow } from './receipt/receipt.tables.ts';

const supplier = reference('supplierId');
const totals = { supplier, net: money('net'), tax: money('tax'), gross: money('gross') };
const price = (row: { readonly unitPrice: string }) => trimPrice(row.unitPrice);
const order = (row: { readonly orderId: string | null }, _: unknown, ctx: Ctx) =>
  row.orderId && loadNode(ctx, purchaseOrders, row.orderId);

export const purchasingResolvers = {
  PurchaseOrder: {
    ...totals,
    history: historyOf('purchasing.PurchaseOrder', 'purchasing.purchase_order'),
    lines: (row: PurchaseOrderRow, _: unknown, ctx: Ctx) => purchaseOrderLines(ctx, row.id),
    receipts: (row: PurchaseOrderRow, _: unknown, ctx: Ctx) => receiptsOfOrder(ctx, row.id),
    invoices: (row: PurchaseOrderRow, _: unknown, ctx: Ctx) => billsOfOrder(ctx, row.id),
  },
  PurchaseOrderLine: {
    article: reference('articleId'),
    unitPrice: price,
    quantity: (row: PurchaseOrderLineRow) => trimDecimal(row.quantity),
    received: (row: PurchaseOrderLineRow) => trimDecimal(row.received),
    rejected: (row: PurchaseOrderLineRow) => trimDecimal(row.rejected),
    billed: (row: PurchaseOrderLineRow) => trimDecimal(row.billed),
  },
  GoodsReceipt: {
    history: historyOf('purchasing.GoodsReceipt', 'purchasing.goods_receipt'),
    supplier,
    order,
    warehouse: reference('warehouseId'),
    lines: (row: GoodsReceiptRow, _: unknown, ctx: Ctx) => receiptLines(ctx, row.id),
  },
  GoodsReceiptLine: {
    article: reference('articleId'),
    received: (row: GoodsReceiptLineRow) => trimDecimal(row.received),
    rejected: (row: GoodsReceiptLineRow) => trimDecimal(row.rejected),
  },
  SupplierInvoice: {
    ...totals,
    history: historyOf('purchasing.SupplierInvoice', 'purchasing.supplier_invoice'),
    order,
    openAmount: money('openAmount'),
    signedNet: money('signedNet'),
    signedTax: money('signedTax'),
    signedGross: money('signedGross'),
    signedOpenAmount: money('signedOpenAmount'),
    corrects: (row: SupplierInvoiceRow, _: unknown, ctx: Ctx) =>
      row.correctsId && loadNode(ctx, supplierInvoices, row.correctsId),
    creditNotes: (row: SupplierInvoiceRow, _: unknown, ctx: Ctx) => creditNotesOfBill(ctx, row.id),
    statedGross: money('statedGross'),
    journalEntry: reference('journalEntryId'),
    cancelEntry: reference('cancelEntryId'),
    lines: (row: SupplierInvoiceRow, _: unknown, ctx: Ctx) => billLines(ctx, row.id),
    payments: (row: SupplierInvoiceRow, _: unknown, ctx: Ctx) => paymentsOfBill(ctx, row.id),
  },
  SupplierInvoiceLine: {
    article: reference('articleId'),
    unitPrice: price,
    quantity: (row: SupplierInvoiceLineRow) => trimDecimal(row.quantity),
  },
  SupplierPayment: {
    amount: money('amount'),
    discount: money('discount'),
    journalEntry: reference('journalEntryId'),
    cancelEntry: reference('cancelEntryId'),
  },
  Article: { purchases: (article: { id: string }, _: unknown, ctx: Ctx) => purchasesOfArticle(ctx, article.id) },
};

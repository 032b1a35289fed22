import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { supplierInvoices } from './bill/bill.list.ts';
import {
  checkSupplierInvoice,
  createSupplierInvoice,
  createSupplierInvoices,
  postSupplierInvoice,
  updateSupplierInvoice,
} from './bill/bill.mutations.ts';
import { cancelSupplierPayment } from './bill/cancel-supplier-payment.ts';
import { followOpenItems } from './bill/follow-open-items.ts';
import { cancelSupplierInvoice, recordSupplierPayment } from './bill/settle-bills.ts';
import { purchaseOrders } from './order/purchase-order.list.ts';
import {
  createPurchaseOrder,
  createPurchaseOrders,
  setPurchaseOrderStatus,
  updatePurchaseOrder,
} from './order/purchase-order.mutations.ts';
import { purchasingResolvers } from './purchasing.resolvers.ts';
import { purchasingTexts } from './purchasing.texts.ts';
import { goodsReceipts } from './receipt/receipt.list.ts';
import {
  cancelGoodsReceipt,
  createGoodsReceipt,
  createGoodsReceipts,
  postGoodsReceipt,
  updateGoodsReceipt,
} from './receipt/receipt.mutations.ts';

/** Orders to suppliers, goods receipts and bills of suppliers. */
export const purchasing = defineSubgraph({
  name: 'purchasing',
  folder: import.meta.dirname,
  lists: [purchaseOrders, goodsReceipts, supplierInvoices],
  mutations: [
    createPurchaseOrder,
    createPurchaseOrders,
    updatePurchaseOrder,
    setPurchaseOrderStatus,
    createGoodsReceipt,
    createGoodsReceipts,
    updateGoodsReceipt,
    postGoodsReceipt,
    cancelGoodsReceipt,
    createSupplierInvoice,
    createSupplierInvoices,
    updateSupplierInvoice,
    checkSupplierInvoice,
    postSupplierInvoice,
    recordSupplierPayment,
    cancelSupplierPayment,
    cancelSupplierInvoice,
  ],
  resolvers: [purchasingResolvers],
  texts: purchasingTexts,
  appendOnly: ['supplier_payment', 'supplier_payment_cancellation'],
  derived: ['number_range'],
  consumers: [followOpenItems],
});

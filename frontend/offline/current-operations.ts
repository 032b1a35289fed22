import {
  AttachFile,
  CreateActivity,
  CreateArticle,
  CreateBankTransaction,
  CreateBusinessPartner,
  CreateLedgerAccount,
  CreateOpportunity,
  CreatePurchaseOrder,
  CreateQuote,
  CreateRole,
  CreateSalesInvoice,
  CreateSalesOrder,
  CreateSupplierInvoice,
  CreateWarehouse,
  EditLedgerAccount,
  EditWarehouse,
  UpdateArticle,
  UpdateBankTransaction,
  UpdateBusinessPartner,
  UpdateDelivery,
  UpdateGoodsReceipt,
  UpdatePurchaseOrder,
  UpdateQuote,
  UpdateRole,
  UpdateSalesInvoice,
  UpdateSalesOrder,
  UpdateSupplierInvoice,
} from '#graphql/_generated/operations.ts';
import type { Send } from './replay.ts';
import { sendWrite } from './send.ts';

/** What may wait in the outbox. Postings are not among it: numbers, dates and periods are the server's to decide. */
export const currentOperations = [
  AttachFile,
  CreateActivity,
  CreateArticle,
  CreateBankTransaction,
  CreateBusinessPartner,
  CreateLedgerAccount,
  CreateOpportunity,
  CreatePurchaseOrder,
  CreateQuote,
  CreateRole,
  CreateSalesInvoice,
  CreateSalesOrder,
  CreateSupplierInvoice,
  CreateWarehouse,
  EditLedgerAccount,
  EditWarehouse,
  UpdateArticle,
  UpdateBankTransaction,
  UpdateBusinessPartner,
  UpdateDelivery,
  UpdateGoodsReceipt,
  UpdatePurchaseOrder,
  UpdateQuote,
  UpdateRole,
  UpdateSalesInvoice,
  UpdateSalesOrder,
  UpdateSupplierInvoice,
];

/** Sends a write that may have been made by an earlier build, under the id that this build knows its operation by. */
export const sendCurrent: Send = (write, input) => {
  const operation = currentOperations.find((each) => each.name === write.operation.name) ?? write.operation;
  return sendWrite({ ...write, operation }, input);
};

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
import { isThere } from './reach.ts';
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

/** A refusal that a proxy will repeat; it says some others where what it leads to is away, or its reader has to sign in to it. */
const lasting = /^HTTP_4(?!0[148]|2[159])/;

/**
 * Sends a write that may have been made by an earlier build, under the id that this build knows its operation by. Where something in
 * between refuses it while the server can be reached, it is this write that does not get through.
 */
export const sendCurrent: Send = async (write, input) => {
  const operation = currentOperations.find((each) => each.name === write.operation.name) ?? write.operation;
  const sent = await sendWrite({ ...write, operation }, input);
  if (!('later' in sent) || !/^(OFFLINE|HTTP)/.test(sent.later)) return sent;
  if (!(await isThere())) return { later: 'OFFLINE' };
  const code = sent.later === 'OFFLINE' ? 'HTTP_0' : sent.later;
  return lasting.test(code) ? { done: false, fault: { code, message: '', fields: [] } } : { later: code };
};

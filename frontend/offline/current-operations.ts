import {
  AttachFile,
  CreateArticle,
  CreateBusinessPartner,
  CreatePurchaseOrder,
  CreateQuote,
  CreateSalesInvoice,
  CreateSalesOrder,
  CreateSupplierInvoice,
  UpdateArticle,
  UpdateBusinessPartner,
  UpdatePurchaseOrder,
  UpdateQuote,
  UpdateSalesInvoice,
  UpdateSalesOrder,
  UpdateSupplierInvoice,
} from '#graphql/_generated/operations.ts';
import type { Send } from './replay.ts';
import { sendWrite } from './send.ts';

/** What may wait in the outbox. Postings are not among it: numbers, dates and periods are the server's to decide. */
const operations = [
  AttachFile,
  CreateArticle,
  CreateBusinessPartner,
  CreatePurchaseOrder,
  CreateQuote,
  CreateSalesInvoice,
  CreateSalesOrder,
  CreateSupplierInvoice,
  UpdateArticle,
  UpdateBusinessPartner,
  UpdatePurchaseOrder,
  UpdateQuote,
  UpdateSalesInvoice,
  UpdateSalesOrder,
  UpdateSupplierInvoice,
];

/** Sends a write that may have been made by an earlier build, under the id that this build knows its operation by. */
export const sendCurrent: Send = (write, input) => {
  const operation = operations.find((each) => each.name === write.operation.name) ?? write.operation;
  return sendWrite({ ...write, operation }, input);
};

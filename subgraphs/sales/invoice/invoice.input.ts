import { zCode, zCountry, zId, zKey, zList, zPrice, zQuantity, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { bothExternal, EXTERNAL_FAULT, zBusinessDay } from '../document/document.input.ts';

const zInvoiceLine = z.object({
  articleId: zId(),
  description: zText(500).nullish(),
  quantity: zQuantity('positive'),
  unitPrice: zPrice('notNegative').nullish(),
  taxCode: zCode(20).nullish(),
  deliveryId: zId().nullish(),
  orderLine: z.int().min(1).nullish(),
});

const zInvoiceFields = z.object({
  kind: z.enum(['INVOICE', 'CREDIT_NOTE']).nullish(),
  customerId: zId(),
  suppliedOn: zBusinessDay(),
  issuedOn: zBusinessDay().nullish(),
  paymentTermDays: z.int().min(0).max(365).nullish(),
  country: zCountry().nullish(),
  note: zText(2000, 0).nullish(),
  reference: zText(60, 0).nullish(),
  orderId: zId().nullish(),
  correctsId: zId().nullish(),
  externalSource: zText(60).nullish(),
  externalNumber: zText(60).nullish(),
  lines: zList(zInvoiceLine, 2000),
});

/** A document as a caller gives it; used by the single mutation, the bulk mutation and the import. */
export const zInvoice = zInvoiceFields.refine(bothExternal, EXTERNAL_FAULT);
export type InvoiceInput = z.infer<typeof zInvoice>;

/** A change of a draft: what is not given stays. */
export const zInvoiceChange = zInvoiceFields
  .omit({ externalSource: true, externalNumber: true })
  .partial()
  .extend({ id: zId(), version: z.int(), idempotencyKey: zKey() });

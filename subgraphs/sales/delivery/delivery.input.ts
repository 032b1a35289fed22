import { zAddress, zId, zList, zQuantity, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { bothExternal, documentFields, EXTERNAL_FAULT, zBusinessDay } from '../document/document.input.ts';

const zDeliveryLine = z
  .object({
    articleId: zId().nullish(),
    orderLine: z.int().min(1).nullish(),
    description: zText(500).nullish(),
    quantity: zQuantity('positive'),
  })
  .refine((line) => line.articleId || line.orderLine, { path: ['articleId'], params: { code: 'REQUIRED' } });

/** A delivery as a caller gives it. With an order, customer and lines may be left out: then all that is open is delivered. */
export const zDelivery = z
  .object({
    ...documentFields,
    customerId: zId().nullish(),
    orderId: zId().nullish(),
    deliverOn: zBusinessDay().nullish(),
    address: zAddress().nullish(),
    warehouseId: zId().nullish(),
    lines: zList(zDeliveryLine, 2000).nullish(),
  })
  .refine(bothExternal, EXTERNAL_FAULT)
  .refine((input) => input.orderId || input.customerId, { path: ['customerId'], params: { code: 'REQUIRED' } })
  .refine((input) => input.orderId || input.lines, { path: ['lines'], params: { code: 'REQUIRED' } });
export type DeliveryInput = z.infer<typeof zDelivery>;

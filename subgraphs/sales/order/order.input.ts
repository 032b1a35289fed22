import { zKey, zList } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import {
  bothExternal,
  documentFields,
  EXTERNAL_FAULT,
  zBusinessDay,
  zDocumentLine,
} from '../document/document.input.ts';

/** An order as a caller gives it; used by the single and the bulk mutation. */
export const zSalesOrder = z
  .object({
    ...documentFields,
    orderedOn: zBusinessDay().nullish(),
    requestedOn: zBusinessDay().nullish(),
    lines: zList(zDocumentLine, 2000),
  })
  .refine(bothExternal, EXTERNAL_FAULT);
export type SalesOrderInput = z.infer<typeof zSalesOrder>;

export const zKeyed = z.object({ idempotencyKey: zKey() });

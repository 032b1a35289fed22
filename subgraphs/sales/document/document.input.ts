import { FIRST_TAX_DAY, LATEST_DAY } from '@valeo/finance/ledger/ledger.ts';
import { zCode, zCountry, zDateWithin, zId, zPrice, zQuantity, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';

/** A line of a quote, order or delivery as a caller gives it. */
export const zDocumentLine = z.object({
  articleId: zId(),
  description: zText(500).nullish(),
  quantity: zQuantity('positive'),
  unitPrice: zPrice('notNegative').nullish(),
  taxCode: zCode(20).nullish(),
});

/** What the heads of quotes, orders and deliveries have in common. */
export const documentFields = {
  customerId: zId(),
  country: zCountry().nullish(),
  note: zText(2000, 0).nullish(),
  reference: zText(60, 0).nullish(),
  externalSource: zText(60).nullish(),
  externalNumber: zText(60).nullish(),
};

/** An external number is one of a source; one without the other says nothing. */
export const bothExternal = (input: { externalSource?: string | null; externalNumber?: string | null }): boolean =>
  Boolean(input.externalNumber) === Boolean(input.externalSource);
export const EXTERNAL_FAULT = { path: ['externalSource'], params: { code: 'REQUIRED' } };

/** A day on which business documents can be dated: VAT rates are known for it. */
export const zBusinessDay = () => zDateWithin(FIRST_TAX_DAY, LATEST_DAY, 'INVALID_DATE');

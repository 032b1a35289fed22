import { FIRST_TAX_DAY, LATEST_DAY } from '@valeo/finance/ledger/ledger.ts';
import { zDateWithin, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';

/** A day on which business documents can be dated: VAT rates are known for it. */
export const zBusinessDay = () => zDateWithin(FIRST_TAX_DAY, LATEST_DAY, 'INVALID_DATE');

export const documentFields = {
  note: zText(2000, 0).nullish(),
  externalSource: zText(60).nullish(),
  externalNumber: zText(60).nullish(),
};

/** An external number is one of a source; one without the other says nothing. */
export const bothExternal = (input: { externalSource?: string | null; externalNumber?: string | null }): boolean =>
  Boolean(input.externalNumber) === Boolean(input.externalSource);
export const EXTERNAL_FAULT = { path: ['externalSource'], params: { code: 'REQUIRED' } };

export const zKeyed = z.object({ idempotencyKey: zKey() });
export const zById = z.object({ id: zId(), idempotencyKey: zKey() });
export const zVersioned = z.object({ id: zId(), version: z.int(), idempotencyKey: zKey() });

import { isDecimal, toUnits } from '@valeo/money/decimal.ts';
import { z } from 'zod';
import { COUNTRIES } from './countries.ts';
import { isId } from './ids.ts';
import type { FieldFault } from './result.ts';
import { isDate } from './scalars.ts';
import { isStorable } from './storable.ts';

/** The building blocks of every input schema. Codes are those of `texts.ts`; the schema already gives types and nulls. */
const custom = (code: string, params: Record<string, string> = {}) => ({ params: { code, ...params } });

/** A required id. Unknown ids are found out by the use case; a malformed one is the same to the caller: not found. */
export const zId = () =>
  z
    .string()
    .refine(isId, custom('NOT_FOUND'))
    .transform((value) => value.toLowerCase());

/** Text without surrounding blanks and control characters. */
export const zText = (max: number, min = 1) =>
  z
    .string()
    .transform((value) => value.trim())
    .pipe(z.string().min(min).max(max))
    .refine((value) => !hasControlCharacters(value), custom('INVALID_FORMAT'));

/** A code, number or secret as it is: no control characters, nothing trimmed. */
export const zCode = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !hasControlCharacters(value), custom('INVALID_FORMAT'));

const escapedFaults = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** Any JSON value up to a size in bytes. */
export const zJson = (maxBytes: number) =>
  z
    .unknown()
    .refine(
      (value) => Buffer.byteLength(JSON.stringify(value ?? null)) <= maxBytes,
      custom('TOO_LONG', { max: `${maxBytes} bytes` }),
    )
    .refine((value) => !escapedFaults.test(JSON.stringify(value ?? null)), custom('INVALID_FORMAT'));

export const zEmail = () =>
  z
    .string()
    .transform((value) => value.trim().toLowerCase())
    .refine((value) => value.length <= 254 && z.email().safeParse(value).success, custom('INVALID_EMAIL'));

export const zDate = () => z.string().refine(isDate, custom('INVALID_DATE'));

/**
 * A day within a range; one outside of it is almost always a typing error. Some inputs know one code for both faults: the sentence
 * names the range all the same.
 */
export const zDateWithin = (
  from: string,
  to: string,
  code: 'DATE_OUT_OF_RANGE' | 'INVALID_DATE' = 'DATE_OUT_OF_RANGE',
) =>
  z
    .string()
    .refine(isDate, { ...custom('INVALID_DATE'), abort: true })
    .refine((value) => value >= from && value <= to, custom(code, { from, to, sentence: 'DATE_OUT_OF_RANGE' }));

export const zKey = () =>
  z
    .string()
    .min(1)
    .max(200)
    .refine((value) => !hasControlCharacters(value), custom('INVALID_FORMAT'))
    .nullish();

/** A decimal with at most `scale` places and at most so many `digits` before the point. */
export const zDecimal = (scale: number, sign: 'any' | 'notNegative' | 'positive' = 'any', digits = 15) =>
  z
    .string()
    .refine((value) => isDecimal(value, scale), {
      ...custom('INVALID_DECIMAL', { scale: String(scale) }),
      abort: true,
    })
    .refine((value) => value.replace(/^-|\..*$/g, '').length <= digits, {
      ...custom('TOO_BIG', { max: '9'.repeat(digits) }),
      abort: true,
    })
    .refine((value) => sign !== 'positive' || toUnits(value, scale) > 0n, custom('MUST_BE_POSITIVE'))
    .refine((value) => sign !== 'notNegative' || toUnits(value, scale) >= 0n, custom('MUST_NOT_BE_NEGATIVE'));

export const zMoney = (sign: 'any' | 'notNegative' | 'positive' = 'any') => zDecimal(2, sign);
/** Digits that the columns of quantities and prices have before the point: `numeric(15, 4)`. */
const QUANTITY_DIGITS = 11;
export const zQuantity = (sign: 'any' | 'notNegative' | 'positive' = 'positive') => zDecimal(4, sign, QUANTITY_DIGITS);
export const zPrice = (sign: 'any' | 'notNegative' | 'positive' = 'notNegative') => zDecimal(4, sign, QUANTITY_DIGITS);

const countries: ReadonlySet<string> = new Set(COUNTRIES);

/** ISO 3166-1 alpha-2. A country has no other code here: by it VAT is told. */
export const zCountry = () =>
  z
    .string()
    .regex(/^[A-Z]{2}$/, { abort: true })
    .refine((value) => countries.has(value), custom('INVALID_VALUE'));

/** A postal address; what is absent is stored as null, so that equal addresses are equal. */
export const zAddress = () =>
  z.object({
    name: zText(200).nullish().default(null),
    street: zText(200).nullish().default(null),
    postalCode: zText(20).nullish().default(null),
    city: zText(100).nullish().default(null),
    country: zCountry(),
  });

export type PostalAddress = z.infer<ReturnType<typeof zAddress>>;

/** A list for bulk mutations and document lines. */
export const zList = <Item extends z.ZodType>(item: Item, max: number, min = 1) => z.array(item).min(min).max(max);

/** All faults of an input at once, or the parsed input. */
export function validate<T>(schema: z.ZodType<T>, input: unknown): { value: T } | { faults: FieldFault[] } {
  const parsed = schema.safeParse(input);
  return parsed.success ? { value: parsed.data } : { faults: parsed.error.issues.map(faultOf) };
}

function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const path = issue.path.join('.');
  switch (issue.code) {
    case 'custom': {
      const { code = 'INVALID_VALUE', ...params } = (issue.params ?? {}) as Record<string, string>;
      return { path, code, params };
    }
    case 'too_small':
      return {
        path,
        code: issue.origin === 'string' || issue.origin === 'array' ? 'TOO_SHORT' : 'TOO_SMALL',
        params: { min: String(issue.minimum) },
      };
    case 'too_big':
      return {
        path,
        code: issue.origin === 'string' || issue.origin === 'array' ? 'TOO_LONG' : 'TOO_BIG',
        params: { max: String(issue.maximum) },
      };
    case 'invalid_type':
      return { path, code: 'REQUIRED' };
    case 'invalid_format':
      return { path, code: 'INVALID_FORMAT' };
    case 'unrecognized_keys':
      return { path: [...issue.path, issue.keys[0] ?? ''].join('.'), code: 'UNKNOWN_FIELD' };
    default:
      return { path, code: 'INVALID_VALUE' };
  }
}

function hasControlCharacters(value: string): boolean {
  if (!isStorable(value)) return true;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if ((code < 32 && code !== 10 && code !== 9) || code === 127) return true;
  }
  return false;
}

/** Codes that `validate` can put on a field, for the enums of bulk errors. */
export const FIELD_CODES = [
  'REQUIRED',
  'NOT_FOUND',
  'INVALID_DECIMAL',
  'INVALID_DATE',
  'INVALID_EMAIL',
  'INVALID_FORMAT',
  'INVALID_VALUE',
  'TOO_SHORT',
  'TOO_LONG',
  'TOO_SMALL',
  'TOO_BIG',
  'MUST_BE_POSITIVE',
  'MUST_NOT_BE_NEGATIVE',
  'UNKNOWN_FIELD',
  'INVALID_VAT_ID',
  'WRONG_CHECK_DIGIT',
  'INVALID_TAX_NUMBER',
  'INVALID_IBAN',
  'INVALID_BIC',
] as const;

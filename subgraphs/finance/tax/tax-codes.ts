import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type Chart = 'SKR03' | 'SKR04';

/** A VAT code (Steuerschlüssel): what a line is in terms of VAT, independent of the rate of the day. */
export interface TaxCode {
  readonly code: string;
  readonly name: string;
  readonly direction: 'SALE' | 'PURCHASE';
  /** Nominal rate in percent; what applies on a day is `rateOn`. */
  readonly nominalRate: string;
  /** EN 16931 category. */
  readonly category: string;
  /** Sentence that § 14 and § 14a UStG want on the invoice; empty when none. */
  readonly invoiceNote: string;
  readonly legalBasis: string;
  readonly accounts: Readonly<Record<Chart, TaxAccounts>>;
}

export interface TaxAccounts {
  /** Revenue or cost account of a line with this code; null when the chart has none. */
  readonly base: string | null;
  /** Account of the tax: owed for sales, deductible for purchases. */
  readonly tax: string | null;
  /** Reverse charge: the account on which the buyer owes the tax that he deducts on `tax`. */
  readonly owed: string | null;
}

const file = (name: string) =>
  parse(readFileSync(join(import.meta.dirname, '..', 'data', name)), { columns: true }) as Record<string, string>[];

/** `1787 / 1577` is owed / deducted. */
function taxAccounts(base: string | undefined, accounts: string | undefined): TaxAccounts {
  const [first, second] = (accounts ?? '').split(' / ');
  return { base: base || null, tax: second ?? (first || null), owed: second ? (first ?? null) : null };
}

export const TAX_CODES: ReadonlyMap<string, TaxCode> = new Map(
  file('vat_codes.csv').map((row) => [
    row.code ?? '',
    {
      code: row.code ?? '',
      name: row.name_de ?? '',
      direction: row.direction === 'sale' ? 'SALE' : 'PURCHASE',
      nominalRate: row.rate_percent ?? '0',
      category: row.en16931_category ?? '',
      invoiceNote: row.invoice_note_de ?? '',
      legalBasis: row.legal_basis ?? '',
      accounts: {
        SKR03: taxAccounts(row.skr03_default_account, row.skr03_tax_accounts),
        SKR04: taxAccounts(row.skr04_default_account, row.skr04_tax_accounts),
      },
    },
  ]),
);

const RATES = file('vat_rates.csv').map((row) => ({
  level: row.level ?? '',
  from: row.valid_from ?? '',
  to: row.valid_to || '9999-12-31',
  rate: row.rate_percent ?? '0',
}));

const DISCOUNT_ACCOUNTS = new Map(
  file('cash_discount_accounts.csv').map((row) => [row.code ?? '', { SKR03: row.skr03, SKR04: row.skr04 }]),
);

/** Account on which cash discounts on documents with a code stand; codes without one of their own share one a direction. */
export const discountAccount = (code: string, chart: Chart): string | undefined =>
  DISCOUNT_ACCOUNTS.get(code)?.[chart] || DISCOUNT_ACCOUNTS.get(TAX_CODES.get(code)?.direction ?? '')?.[chart];

/** All accounts that discounts are posted on by themselves. */
export const DISCOUNT_NUMBERS: Readonly<Record<Chart, ReadonlySet<string>>> = {
  SKR03: new Set([...DISCOUNT_ACCOUNTS.values()].flatMap(({ SKR03 }) => SKR03 || [])),
  SKR04: new Set([...DISCOUNT_ACCOUNTS.values()].flatMap(({ SKR04 }) => SKR04 || [])),
};

/** Rate in percent on the date of supply (rule 8: not the date of the invoice). */
export function rateOn(code: TaxCode, suppliedOn: string): string {
  if (code.nominalRate === '0') return '0';
  const row = RATES.find((rate) => rate.level === code.nominalRate && rate.from <= suppliedOn && suppliedOn <= rate.to);
  if (!row) throw new RangeError(`No VAT rate is known for ${code.code} on ${suppliedOn}`);
  return row.rate;
}

/** Rates that a code has or had, the latest first. */
export const ratesOf = (code: TaxCode): string[] => [
  ...new Set(
    RATES.filter(({ level }) => level === code.nominalRate)
      .sort((one, other) => (one.from < other.from ? 1 : -1))
      .map(({ rate }) => rate),
  ),
];

/** First day for which rates are known. */
export const FIRST_TAX_DAY = '1993-01-01';

/** The codes that can be used for supplies of a day: none where their rates are not known. */
export const taxCodesOn = (day: string): (TaxCode & { readonly on: string })[] =>
  day < FIRST_TAX_DAY ? [] : [...TAX_CODES.values()].map((code) => ({ ...code, on: day }));

import type { Locale } from './translate.ts';

/** Amounts, counts and dates as people of one language write them. Amounts are decimal strings and stay exact. */
export interface Formats {
  readonly locale: Locale;
  integer(value: number): string;
  /** A decimal string with at least `digits` and at most 4 decimals. */
  decimal(value: string, digits?: number): string;
  /** An amount without its currency, for columns whose head names the currency. */
  amount(value: string): string;
  money(value: string, currency?: string): string;
  percent(value: number, digits?: number): string;
  /** `YYYY-MM-DD` */
  date(value: string): string;
  /** RFC 3339, shown in German time. */
  dateTime(value: string): string;
  month(value: string): string;
  relative(value: string, now?: number): string;
  country(code: string): string;
  /** Size of a file: 1,4 MB. */
  bytes(count: number): string;
}

const tag = { de: 'de-DE', en: 'en-GB' } as const;
const made = new Map<Locale, Formats>();

export function formats(locale: Locale): Formats {
  const known = made.get(locale);
  if (known) return known;
  const fresh = make(locale);
  made.set(locale, fresh);
  return fresh;
}

function make(locale: Locale): Formats {
  const language = tag[locale];
  const integers = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const amounts = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const byDigits = new Map<number, Intl.NumberFormat>();
  const byCurrency = new Map<string, Intl.NumberFormat>();
  const dates = new Intl.DateTimeFormat(language, {
    day: '2-digit',
    month: locale === 'de' ? '2-digit' : 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const moments = new Intl.DateTimeFormat(language, {
    day: '2-digit',
    month: locale === 'de' ? '2-digit' : 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Berlin',
  });
  const months = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const relatives = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const countries = new Intl.DisplayNames(language, { type: 'region' });

  return {
    locale,
    integer: (value) => minus(integers.format(value)),
    bytes(count) {
      const isSmall = count < 999_500;
      const unit = isSmall ? 'kilobyte' : 'megabyte';
      const shown = isSmall ? Math.ceil(count / 1000) : count / 1_000_000;
      return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(shown);
    },
    decimal(value, digits = 0) {
      let format = byDigits.get(digits);
      if (!format) {
        format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: 4 });
        byDigits.set(digits, format);
      }
      return minus(format.format(value as `${number}`));
    },
    amount: (value) => minus(amounts.format(value as `${number}`)),
    money(value, currency = 'EUR') {
      let format = byCurrency.get(currency);
      if (!format) {
        format = new Intl.NumberFormat(language, { style: 'currency', currency });
        byCurrency.set(currency, format);
      }
      return minus(format.format(value as `${number}`));
    },
    percent: (value, digits = 1) =>
      minus(new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(value)),
    date: (value) => dates.format(Date.parse(value)),
    dateTime: (value) => moments.format(Date.parse(value)),
    month: (value) => months.format(Date.parse(value)),
    relative(value, now = Date.now()) {
      const seconds = (Date.parse(value) - now) / 1000;
      if (Math.abs(seconds) >= 86_400) return this.dateTime(value);
      if (Math.abs(seconds) >= 3600) return relatives.format(Math.round(seconds / 3600), 'hour');
      return relatives.format(Math.round(seconds / 60), 'minute');
    },
    country(code) {
      try {
        return countries.of(code) ?? code;
      } catch {
        return code;
      }
    },
  };
}

/** Typographic minus, as wide as a digit, so that columns of amounts stay aligned. */
function minus(text: string): string {
  return text.replace('-', '\u2212');
}

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
}

/**
 * How both languages write numbers and days, which a test holds against `Intl`. The values that nearly every page shows are put
 * together from it: a browser's first `Intl` format has to find out which languages it knows, 50 ms of a fast processor.
 */
const written = {
  de: { language: 'de-DE', group: '.', point: ',', euro: (amount: string) => `${amount}\u00a0€`, months: null },
  en: {
    language: 'en-GB',
    group: ',',
    point: '.',
    euro: (amount: string) => `€${amount}`,
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
  },
} as const;

const made = new Map<Locale, Formats>();

export function formats(locale: Locale): Formats {
  const known = made.get(locale);
  if (known) return known;
  const fresh = make(locale);
  made.set(locale, fresh);
  return fresh;
}

const decimalPattern = /^(-?)(\d+)(?:\.(\d+))?$/;
const dayPattern = /^(\d{4})-(\d\d)-(\d\d)/;

/** A decimal string with its thousands set apart; null when it has to be rounded first, or is none. */
function plainNumber(locale: Locale, value: string, least: number, most: number): string | null {
  const [, sign, whole, given = ''] = decimalPattern.exec(value) ?? [];
  if (whole === undefined) return null;
  const decimals = given.replace(/0+$/, '').padEnd(least, '0');
  if (decimals.length > most) return null;
  const { group, point } = written[locale];
  const digits = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
  return `${sign && '\u2212'}${digits}${decimals && point + decimals}`;
}

/** A count or quantity inside a sentence. */
export function numberText(locale: Locale, value: number): string {
  return plainNumber(locale, String(value), 0, 3) ?? number(locale, { maximumFractionDigits: 3 }).format(value);
}

const kept = new Map<string, Intl.NumberFormat>();

function number(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let format = kept.get(key);
  if (!format) {
    format = new Intl.NumberFormat(written[locale].language, options);
    kept.set(key, format);
  }
  return format;
}

const once = <Made>(make: () => Made): (() => Made) => {
  let made: Made | undefined;
  return () => (made ??= make());
};

function make(locale: Locale): Formats {
  const { language, euro, months: monthNames } = written[locale];
  const moments = once(
    () =>
      new Intl.DateTimeFormat(language, {
        day: '2-digit',
        month: locale === 'de' ? '2-digit' : 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: 'Europe/Berlin',
      }),
  );
  const months = once(() => new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }));
  const relatives = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const countries = once(() => new Intl.DisplayNames(language, { type: 'region' }));
  const decimal = (value: string, least: number, most: number): string =>
    plainNumber(locale, value, least, most) ??
    minus(number(locale, { minimumFractionDigits: least, maximumFractionDigits: most }).format(value as `${number}`));

  return {
    locale,
    integer: (value) => decimal(String(value), 0, 0),
    decimal: (value, digits = 0) => decimal(value, digits, 4),
    amount: (value) => decimal(value, 2, 2),
    money(value, currency = 'EUR') {
      const amount = currency === 'EUR' ? plainNumber(locale, value.replace('-', ''), 2, 2) : null;
      if (amount !== null) return (value.startsWith('-') ? '\u2212' : '') + euro(amount);
      return minus(number(locale, { style: 'currency', currency }).format(value as `${number}`));
    },
    percent: (value, digits = 1) =>
      minus(number(locale, { style: 'percent', maximumFractionDigits: digits }).format(value)),
    date(value) {
      const [, year, month, day] = dayPattern.exec(value) ?? [];
      if (year === undefined) return value;
      return monthNames ? `${day} ${monthNames[Number(month) - 1]} ${year}` : `${day}.${month}.${year}`;
    },
    dateTime: (value) => moments().format(Date.parse(value)),
    month: (value) => months().format(Date.parse(value)),
    relative(value, now = Date.now()) {
      const seconds = (Date.parse(value) - now) / 1000;
      if (Math.abs(seconds) >= 86_400) return this.dateTime(value);
      if (Math.abs(seconds) >= 3600) return relatives().format(Math.round(seconds / 3600), 'hour');
      return relatives().format(Math.round(seconds / 60), 'minute');
    },
    country(code) {
      try {
        return countries().of(code) ?? code;
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

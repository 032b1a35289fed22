import { expect, test } from 'vitest';
import { acceptedLocale, parseDisplay, writeDisplay } from './display.ts';
import { formats } from './format.ts';

const de = formats('de');
const en = formats('en');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('money is written as both languages write it', () => {
  expect(plain(de.money('1461756.25'))).toBe('1.461.756,25 €');
  expect(plain(en.money('1461756.25'))).toBe('€1,461,756.25');
});

test.each([
  ['de', 'de-DE', '2-digit'],
  ['en', 'en-GB', 'short'],
] as const)('what is written without Intl is what Intl writes: %s', (locale, language, month) => {
  const own = formats(locale);
  const by = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(language, options);
    return (value: string) => format.format(value as `${number}`).replace('-', '\u2212');
  };
  const amount = by({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const euro = by({ style: 'currency', currency: 'EUR' });
  const dollar = by({ style: 'currency', currency: 'USD' });
  const quantity = by({ maximumFractionDigits: 4 });
  const price = by({ minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const integer = by({ maximumFractionDigits: 0 });
  const values = [
    '0',
    '0.00',
    '-0.01',
    '7',
    '12.5',
    '999',
    '1000',
    '-1000.10',
    '12345.6789',
    '1234567.894',
    '2.99999',
    '-1.00005',
  ];
  for (const value of values) {
    expect([own.amount(value), own.money(value), own.money(value, 'USD')]).toEqual([
      amount(value),
      euro(value),
      dollar(value),
    ]);
    expect([own.decimal(value), own.decimal(value, 2)]).toEqual([quantity(value), price(value)]);
  }
  for (const value of [0, 1, 999, 1000, -23_799, 1_000_000, 12.5]) {
    expect(own.integer(value)).toBe(integer(String(value)));
  }
  const day = new Intl.DateTimeFormat(language, { day: '2-digit', month, year: 'numeric', timeZone: 'UTC' });
  for (let at = 0; at < 730; at += 1) {
    const date = new Date(Date.UTC(2011, 0, 1 + at)).toISOString();
    expect(own.date(date.slice(0, 10))).toBe(day.format(Date.parse(date)));
  }
});

test('an amount with more digits than a float holds stays exact', () => {
  expect(de.amount('123456789012345678.91')).toBe('123.456.789.012.345.678,91');
});

test('a negative amount has a minus as wide as a digit', () => {
  expect(de.amount('-500.00')).toBe('\u2212500,00');
});

test('quantities show the decimals they have', () => {
  expect(de.decimal('12')).toBe('12');
  expect(de.decimal('1234.5')).toBe('1.234,5');
  expect(de.decimal('2.5', 2)).toBe('2,50');
});

test('a day is the same day everywhere, a moment is shown in German time', () => {
  expect(de.date('2011-12-09')).toBe('09.12.2011');
  expect(en.date('2011-12-09')).toBe('09 Dec 2011');
  expect(de.dateTime('2011-12-09T13:32:00Z')).toBe('09.12.2011, 14:32');
});

test('a moment is relative below a day and a full date after it', () => {
  const now = Date.parse('2026-01-02T12:00:00Z');
  expect(de.relative('2026-01-02T11:56:00Z', now)).toBe('vor 4 Minuten');
  expect(de.relative('2026-01-02T09:00:00Z', now)).toBe('vor 3 Stunden');
  expect(de.relative('2025-12-30T09:00:00Z', now)).toBe('30.12.2025, 10:00');
});

test('countries have names, and an unknown code stays itself', () => {
  expect(de.country('NL')).toBe('Niederlande');
  expect(en.country('DE')).toBe('Germany');
  expect(de.country('not a code')).toBe('not a code');
});

test('the display cookie survives a round trip and drops what it does not know', () => {
  const display = { locale: 'en', theme: 'dark', contrast: 'more', density: 'compact', nav: null } as const;
  expect(parseDisplay(writeDisplay(display))).toEqual(display);
  expect(parseDisplay('theme=purple&locale=fr&nav=min')).toEqual({
    locale: null,
    theme: null,
    contrast: null,
    density: null,
    nav: 'min',
  });
});

test('the first known language of the browser counts', () => {
  expect(acceptedLocale('fr-FR,en;q=0.8,de;q=0.5')).toBe('en');
  expect(acceptedLocale('de-AT')).toBe('de');
  expect(acceptedLocale(null)).toBe('de');
});

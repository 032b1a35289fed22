import { divideRounded, fromUnits, toUnits } from '@valeo/money/decimal.ts';
import type { Locale } from '#i18n/translate.ts';
import { parseDecimal } from '#ui/decimal-input.ts';

const scale = 6;
const one = 10n ** BigInt(scale);

/**
 * Works out a sum of numbers as people of the language write them, with + - * / and brackets, exactly to 6 decimals; null for
 * anything else. A percentage that is added or taken off is one of what stands before it: `200+19%` is 238.
 */
export function calculate(text: string, locale: Locale): string | null {
  const source = text.replaceAll('×', '*').replaceAll('−', '-');
  const tokens = source.match(/\d[\d.,]*(?:\s*%)?|\S/g) ?? [];
  if (tokens.length < 3 || !tokens.some((token) => '+-*/'.includes(token))) return null;
  const reader = { tokens, locale, at: 0 };
  const value = sum(reader);
  if (value === null || reader.at < tokens.length) return null;
  return fromUnits(divideRounded(value, 10n ** BigInt(scale - 4)), 4).replace(/\.?0+$/, '');
}

interface Reader {
  readonly tokens: readonly string[];
  readonly locale: Locale;
  at: number;
}

function sum(reader: Reader): bigint | null {
  let value = product(reader);
  for (let sign = reader.tokens[reader.at]; sign === '+' || sign === '-'; sign = reader.tokens[reader.at]) {
    reader.at += 1;
    const from = reader.at;
    let next = product(reader);
    if (value === null || next === null) return null;
    if (reader.at === from + 1 && reader.tokens[from]?.endsWith('%')) next = divideRounded(value * next, one);
    value = sign === '+' ? value + next : value - next;
  }
  return value;
}

function product(reader: Reader): bigint | null {
  let value = factor(reader);
  for (let sign = reader.tokens[reader.at]; sign === '*' || sign === '/'; sign = reader.tokens[reader.at]) {
    reader.at += 1;
    const next = factor(reader);
    if (value === null || next === null || (sign === '/' && next === 0n)) return null;
    value = sign === '*' ? divideRounded(value * next, one) : divideRounded(value * one, next);
  }
  return value;
}

function factor(reader: Reader): bigint | null {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === '-') {
    const value = factor(reader);
    return value === null ? null : -value;
  }
  if (token === '(') {
    const value = sum(reader);
    return reader.tokens[reader.at++] === ')' ? value : null;
  }
  const number = token === undefined ? null : parseDecimal(token.replace('%', ''), reader.locale, scale);
  if (number === null) return null;
  return token?.endsWith('%') ? divideRounded(toUnits(number, scale), 100n) : toUnits(number, scale);
}

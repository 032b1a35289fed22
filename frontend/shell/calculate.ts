import { divideRounded, fromUnits, isDecimal, toUnits } from '@valeo/money/decimal.ts';

const scale = 6;

/** Works out a sum of decimals with + - * / and brackets, exactly to 6 decimals; null for anything else. */
export function calculate(text: string): string | null {
  const source = text.replaceAll(',', '.').replaceAll('×', '*').replaceAll('−', '-');
  const tokens = source.match(/\d+(?:\.\d+)?|[-+*/()]|\S/g) ?? [];
  if (tokens.length < 3 || !tokens.some((token) => '+-*/'.includes(token))) return null;
  const reader = { tokens, at: 0 };
  const value = sum(reader);
  if (value === null || reader.at < tokens.length) return null;
  return fromUnits(divideRounded(value, 10n ** BigInt(scale - 4)), 4).replace(/\.?0+$/, '');
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function sum(reader: Reader): bigint | null {
  let value = product(reader);
  for (let sign = reader.tokens[reader.at]; sign === '+' || sign === '-'; sign = reader.tokens[reader.at]) {
    reader.at += 1;
    const next = product(reader);
    if (value === null || next === null) return null;
    value = sign === '+' ? value + next : value - next;
  }
  return value;
}

function product(reader: Reader): bigint | null {
  const one = 10n ** BigInt(scale);
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
  return token !== undefined && isDecimal(token, scale) ? toUnits(token, scale) : null;
}

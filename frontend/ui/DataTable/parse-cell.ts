import { COUNTRIES } from '@valeo/kit/countries.ts';
import type { Formats } from '#i18n/format.ts';
import { parseDecimal } from '../decimal-input.ts';
import type { Column } from './definition.ts';

export type CellFault = 'notNumber' | 'notDay' | 'notYesNo' | 'notChoice' | 'empty' | 'readOnly';
export type Parsed = { readonly value: unknown } | { readonly fault: CellFault };

const yes = new Set(['true', '1', 'ja', 'yes', 'j', 'y', 'x', 'wahr']);
const no = new Set(['false', '0', 'nein', 'no', 'n', '', 'falsch']);

/** Reads what was typed or pasted into a cell, as people of the language write it. */
export function parseCell(column: Column, typed: string, format: Formats): Parsed {
  const text = typed.trim();
  if (!column.edit) return { fault: 'readOnly' };
  if (column.kind === 'yesNo') {
    const word = text.toLowerCase();
    return yes.has(word) ? { value: true } : no.has(word) ? { value: false } : { fault: 'notYesNo' };
  }
  if (text === '') return column.required ? { fault: 'empty' } : { value: emptyOf(column) };
  if (column.values) {
    const found = Object.entries(column.values).find(
      ([key, { label }]) => key === text || label.toLowerCase() === text.toLowerCase(),
    );
    return found ? { value: found[0] } : { fault: 'notChoice' };
  }
  switch (column.kind) {
    case 'amount':
    case 'quantity':
    case 'percent': {
      const number = parseDecimal(text, format.locale);
      if (number === null) return { fault: 'notNumber' };
      if (!column.whole) return { value: number };
      return /^-?\d{1,9}$/.test(number) ? { value: Number(number) } : { fault: 'notNumber' };
    }
    case 'date': {
      const day = parseDay(text);
      return day ? { value: day } : { fault: 'notDay' };
    }
    case 'country':
      return countryOf(text, format);
    case 'code':
      return { value: text.toUpperCase() };
    default:
      return { value: text };
  }
}

/** By its two letters, by what it is called, or by as much of that as no other begins with: two letters that are no code are wrong. */
function countryOf(text: string, format: Formats): Parsed {
  const code = text.toUpperCase();
  if (COUNTRIES.includes(code)) return { value: code };
  const begins = COUNTRIES.filter((id) => format.country(id).toLowerCase().startsWith(text.toLowerCase()));
  const exact = begins.find((id) => format.country(id).length === text.length);
  const found = exact ?? (begins.length === 1 && text.length > 2 ? begins[0] : undefined);
  return found ? { value: found } : { fault: 'notChoice' };
}

/** Texts that may be empty are empty; everything else without a value is null. */
const emptyOf = (column: Column): unknown => (column.kind === 'text' && column.emptyText ? '' : null);

/** `9.12.2011` and `2011-12-09`. */
function parseDay(text: string): string | null {
  const [, day, month, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
  const iso = day ? `${year}-${month?.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  const found = new Date(`${iso}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(+found) && found.toISOString().startsWith(iso) ? iso : null;
}

/** Cells as spreadsheets put them on the clipboard: tabs between columns, lines between rows, quotes where needed. */
export function parseTsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  while (pattern.lastIndex <= text.length) {
    const match = pattern.exec(text);
    if (!match) break;
    const [, quoted, plain, end] = match;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  // Spreadsheets end the last line as well.
  const last = rows.at(-1);
  if (rows.length > 1 && last?.length === 1 && last[0] === '') rows.pop();
  return rows;
}

/** The same form, for copying. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}

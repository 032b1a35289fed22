import type { ReactNode } from 'react';
import type { Formats } from '#i18n/format.ts';
import { today } from '#i18n/today.ts';
import type { StatusTone } from '../Status.tsx';
import { type Column, hrefOf, type Row, valueAt } from './definition.ts';

export interface CellWords {
  readonly format: Formats;
  readonly yes: string;
  readonly no: string;
}

/** The value that a cell stands for: what the row has, or what one of the column's rules makes of it. */
export function effectiveValue(column: Column, row: Row): unknown {
  for (const { path, is, past, value } of column.rules ?? []) {
    const found = valueAt(row, path);
    if (found === null) continue;
    if (past ? String(found) < today() : found === is) return value;
  }
  return valueAt(row, column.path);
}

const endAligned = new Set(['amount', 'quantity', 'percent', 'share']);

export function isNumeric(column: Column): boolean {
  return endAligned.has(column.kind);
}

/** The value of a cell as text: for the clipboard, an exported file, and most cells. */
export function cellText(column: Column, row: Row, words: CellWords): string {
  return valueText(column, effectiveValue(column, row), words);
}

/** A value as a column writes it. */
export function valueText(column: Column, value: unknown, { format, yes, no }: CellWords): string {
  if (value === null || value === undefined) return '';
  switch (column.kind) {
    case 'date':
      return format.date(String(value));
    case 'dateTime':
      return format.dateTime(String(value));
    case 'amount':
      return format.amount(String(value));
    case 'quantity':
      return format.decimal(String(value));
    case 'percent':
      return format.percent(Number(value) / 100);
    case 'share':
      return format.percent(Number(value), 0);
    case 'yesNo':
      return value ? yes : no;
    case 'status':
      return column.values?.[String(value)]?.label ?? String(value);
    case 'country':
      return format.country(String(value));
    default:
      return Array.isArray(value)
        ? value.map((each) => column.values?.[String(each)]?.label ?? String(each)).join(', ')
        : (column.values?.[String(value)]?.label ?? String(value));
  }
}

/** Everything a cell shows, ready to be drawn. */
export interface Cell {
  readonly text: string;
  /** Negative amounts, states and missing values are told by a class, so that their cells stay plain text. */
  readonly look: string;
  readonly country: string | null;
  readonly href: string | null;
}

const marks: Readonly<Record<StatusTone, string>> = {
  paid: ' mark mark--paid',
  open: ' mark mark--open',
  part: ' mark mark--part',
  over: ' mark mark--over',
  draft: ' mark mark--draft',
  void: ' mark mark--void',
  credit: ' mark mark--credit',
};

function lookOf(column: Column, value: unknown): string {
  if (column.kind === 'amount') return String(value).startsWith('-') ? ' neg' : '';
  const tone = column.kind === 'status' && column.values?.[String(value)]?.tone;
  return tone ? marks[tone] : '';
}

export function cellOf(column: Column, row: Row, words: CellWords, rowHref: string | null): Cell {
  const value = effectiveValue(column, row);
  const text = valueText(column, value, words);
  if (text === '') {
    const { empty } = column;
    // A row without a number yet still opens by its cell.
    return { text: empty ?? '–', look: ' subtle', country: null, href: empty ? rowHref : null };
  }
  const country = column.kind === 'country' ? value : column.countryPath ? valueAt(row, column.countryPath) : null;
  return {
    text,
    look: lookOf(column, value),
    country: country === null ? null : String(country),
    href: column.href ? hrefOf(column.href, row) : column.kind === 'link' ? rowHref : null,
  };
}

/** Most cells are a text and nothing else, which a browser draws and changes fastest. */
export function cellContent({ text, country, href }: Cell, column: Column): ReactNode {
  const inner = href ? (
    <a className={column.kind === 'link' ? 'grid-link tabn' : 'grid-go'} tabIndex={-1} href={href}>
      {text}
    </a>
  ) : (
    text
  );
  if (country === null) return inner;
  return (
    <>
      <span className="iso">{country}</span>
      {inner}
    </>
  );
}

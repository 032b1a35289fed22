import type { ReactNode } from 'react';
import type { Formats } from '#i18n/format.ts';
import { Iso, Status, type StatusTone } from '../Status.tsx';
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
    if (past ? String(found) < new Date().toISOString().slice(0, 10) : found === is) return value;
  }
  const value = valueAt(row, column.path);
  const { negativeWhen } = column;
  if (negativeWhen && value !== null && valueAt(row, negativeWhen.path) === negativeWhen.is) return `-${value}`;
  return value;
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
  /** Negative amounts and missing values are told by a class, so that their cells stay plain text. */
  readonly look: '' | ' neg' | ' subtle';
  readonly tone: StatusTone | null;
  readonly country: string | null;
  readonly href: string | null;
}

/** From this length on a text may be cut, and is shown whole on hover. */
const longText = 24;

export function cellOf(column: Column, row: Row, words: CellWords, rowHref: string | null): Cell {
  const value = effectiveValue(column, row);
  const text = valueText(column, value, words);
  if (text === '') return { text: '–', look: ' subtle', tone: null, country: null, href: null };
  const country = column.kind === 'country' ? value : column.countryPath ? valueAt(row, column.countryPath) : null;
  return {
    text,
    look: column.kind === 'amount' && String(value).startsWith('-') ? ' neg' : '',
    tone: (column.kind === 'status' && column.values?.[String(value)]?.tone) || null,
    country: country === null ? null : String(country),
    href: column.href ? hrefOf(column.href, row) : column.kind === 'link' ? rowHref : null,
  };
}

/** Shown whole on hover when it may be cut. */
export const titleOf = ({ text }: Cell): string | undefined => (text.length > longText ? text : undefined);

/** Most cells are a text and nothing else, which a browser draws and changes fastest. */
export function cellContent({ text, tone, country, href }: Cell, column: Column, words: CellWords): ReactNode {
  if (tone) return <Status tone={tone}>{text}</Status>;
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
      <Iso code={country} name={words.format.country(country)} />
      {inner}
    </>
  );
}

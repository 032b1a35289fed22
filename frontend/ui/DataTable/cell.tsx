import type { ReactNode } from 'react';
import type { Formats } from '#i18n/format.ts';
import { Iso, Status } from '../Status.tsx';
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
export function cellText(column: Column, row: Row, { format, yes, no }: CellWords): string {
  const value = effectiveValue(column, row);
  if (value === null) return '';
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

/** What stands in a cell. A missing value is a dash, never an empty hole. */
export function CellContent({
  column,
  row,
  words,
  href,
}: {
  column: Column;
  row: Row;
  words: CellWords;
  href: string | null;
}): ReactNode {
  const text = cellText(column, row, words);
  if (text === '') return <span className="subtle">–</span>;
  const link = column.href ? hrefOf(column.href, row) : column.kind === 'link' ? href : null;
  const value = effectiveValue(column, row);
  switch (column.kind) {
    case 'link':
      return link ? (
        <a className="grid-link tabn" tabIndex={-1} href={link}>
          {text}
        </a>
      ) : (
        <span className="grid-link tabn">{text}</span>
      );
    case 'status': {
      const look = column.values?.[String(value)];
      return look?.tone ? <Status tone={look.tone}>{look.label}</Status> : text;
    }
    case 'date':
      return <time dateTime={String(value)}>{text}</time>;
    case 'dateTime':
      return <time dateTime={String(value)}>{text}</time>;
    case 'amount':
      return String(value).startsWith('-') ? <span className="neg">{text}</span> : text;
    case 'country':
      return (
        <>
          <Iso code={String(value)} name={text} />
          <span className="truncate">{text}</span>
        </>
      );
    default: {
      const country = column.countryPath ? valueAt(row, column.countryPath) : null;
      return (
        <>
          {country !== null && <Iso code={String(country)} name={words.format.country(String(country))} />}
          {link ? (
            <a className="truncate" tabIndex={-1} href={link} title={text}>
              {text}
            </a>
          ) : (
            <span className="truncate" title={text.length > 24 ? text : undefined}>
              {text}
            </span>
          )}
        </>
      );
    }
  }
}

import type { Formats } from '#i18n/format.ts';
import { effectiveValue, isNumeric } from './cell.tsx';
import type { Column, Row } from './definition.ts';
import type { ExportLine, ExportSource } from './exportRows.ts';

/** Lines as CSV in the form that spreadsheets of the language read: semicolons, a mark for UTF-8, CRLF. */
export function csvText(lines: readonly ExportLine[], source: Pick<ExportSource, 'columns' | 'format' | 't'>): string {
  const { columns, format } = source;
  const texts = [columns.map(({ label }) => quoted(label))];
  for (const line of lines) {
    if ('row' in line) texts.push(columns.map((column) => csvCell(column, line.row, source)));
    else {
      texts.push(
        columns.map((column, at) => {
          const sum = line.sums.get(column.key);
          return at === 0
            ? quoted(disarmed(`${line.label} (${line.count})`))
            : sum === undefined
              ? ''
              : decimal(sum, format);
        }),
      );
    }
  }
  return `\ufeff${texts.map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

/** Numbers and dates stay readable for programs; text that a spreadsheet would run as a formula is disarmed. */
function csvCell(column: Column, row: Row, { format, t }: Pick<ExportSource, 'format' | 't'>): string {
  const value = effectiveValue(column, row);
  if (value === null) return '';
  if (isNumeric(column)) return decimal(String(value), format);
  if (column.kind === 'yesNo') return quoted(t(value ? 'ui.yes' : 'ui.no'));
  return quoted(disarmed(plainText(column, value)));
}

/** Enums by their words, sets as a list, everything else as the graph writes it. */
export function plainText(column: Column, value: unknown): string {
  const name = (each: unknown) => column.values?.[String(each)]?.label ?? String(each);
  return Array.isArray(value) ? value.map(name).join(', ') : name(value);
}

const decimal = (text: string, { locale }: Formats) => (locale === 'de' ? text.replace('.', ',') : text);

export const disarmed = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

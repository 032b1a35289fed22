import writeXlsx from 'write-excel-file/universal';
import { effectiveValue } from './cell.tsx';
import type { Column, Row } from './definition.ts';
import { disarmed, plainText } from './export-csv.ts';
import type { ExportLine, ExportSource } from './exportRows.ts';

const pxPerCharacter = 7;

/** Digits that a spreadsheet's number keeps exactly; a longer one stays a text. */
const exactDigits = 15;

/** Lines as a workbook: numbers and days are numbers and days, heads and groups are bold, the head row stays in view. */
export function xlsxFile(lines: readonly ExportLine[], { columns, definition }: ExportSource): Promise<Blob> {
  const head = columns.map(({ label }) => ({ value: label, fontWeight: 'bold' as const }));
  const data = lines.map((line) => {
    if ('row' in line) return columns.map((column) => xlsxCell(column, line.row));
    return columns.map((column, at) => {
      const sum = line.sums.get(column.key);
      const value = at === 0 ? { value: disarmed(`${line.label} (${line.count})`) } : sum && number(sum, column);
      return value ? { ...value, fontWeight: 'bold' as const } : null;
    });
  });
  return writeXlsx([head, ...data], {
    sheet: definition.label.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    columns: columns.map(({ width }) => ({ width: Math.round((width ?? 240) / pxPerCharacter) })),
    stickyRowsCount: 1,
  }).toBlob();
}

function xlsxCell(column: Column, row: Row) {
  const value = effectiveValue(column, row);
  if (value === null) return null;
  switch (column.kind) {
    case 'amount':
    case 'quantity':
    case 'percent':
    case 'share':
      return number(String(value), column);
    case 'date':
      return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy' };
    case 'dateTime':
      return { value: new Date(String(value)), type: Date, format: 'dd.mm.yyyy hh:mm' };
    case 'yesNo':
      return { value: Boolean(value), type: Boolean };
    default:
      return { value: disarmed(plainText(column, value)), type: String };
  }
}

function number(text: string, column: Column) {
  if (text.replaceAll(/\D/g, '').length > exactDigits) return { value: text, type: String };
  return { value: Number(text), type: Number, format: column.kind === 'amount' ? '#,##0.00' : undefined };
}

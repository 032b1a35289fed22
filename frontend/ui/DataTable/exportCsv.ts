import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import { toast } from '../Toast.tsx';
import { effectiveValue } from './cell.tsx';
import type { Column, ListDefinition, Row } from './definition.ts';
import type { ListVariables } from './state.ts';
import { fetchWindowOf } from './useRowWindows.ts';

/** The graph gives at most 500 rows at once; a file is put together from such windows. */
const windowRows = 500;
const exportedMax = 1_000_000;

export interface CsvSource {
  readonly definition: ListDefinition;
  readonly columns: readonly Column[];
  readonly variables: ListVariables;
  /** Only these rows; all that match when left out. */
  readonly ids?: ReadonlySet<string>;
  readonly t: Translate;
  readonly format: Formats;
}

/** Saves exactly what a list shows, all rows of it, as a CSV file that spreadsheets open. */
export async function exportCsv(source: CsvSource): Promise<void> {
  const { definition, t } = source;
  try {
    const { parts, count } = await csvParts(source);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
    link.download = `${definition.label}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    toast({ tone: 'ok', text: t('ui.list.exported', { count }) });
  } catch {
    toast({ tone: 'danger', text: t('ui.list.exportFailed') });
  }
}

export async function csvParts({
  definition,
  columns,
  variables,
  ids,
  format,
}: CsvSource): Promise<{ parts: string[]; count: number }> {
  const fetchWindow = fetchWindowOf(definition, variables);
  const patience = new AbortController();
  const parts = [`\ufeff${columns.map((column) => quoted(column.label)).join(';')}\r\n`];
  let count = 0;
  for (let at = 0; at < exportedMax; at += windowRows) {
    const { rows } = await fetchWindow({ at, first: windowRows, rows: true, count: false }, patience.signal);
    const kept = ids ? rows.filter((row) => ids.has(row.id)) : rows;
    parts.push(kept.map((row) => `${columns.map((column) => csvCell(column, row, format)).join(';')}\r\n`).join(''));
    count += kept.length;
    if (rows.length < windowRows || count === ids?.size) break;
  }
  return { parts, count };
}

/** Numbers and dates stay readable for programs; text that a spreadsheet would run as a formula is disarmed. */
function csvCell(column: Column, row: Row, format: Formats): string {
  const value = effectiveValue(column, row);
  if (value === null) return '';
  const text = String(value);
  if (column.kind === 'amount' || column.kind === 'quantity')
    return format.locale === 'de' ? text.replace('.', ',') : text;
  if (column.kind === 'status' || column.values) return quoted(column.values?.[text]?.label ?? text);
  return quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

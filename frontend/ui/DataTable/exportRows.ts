import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import { toast } from '../Toast.tsx';
import type { Column, ListDefinition, Row } from './definition.ts';
import { csvText } from './export-csv.ts';
import { groupFilter, groupLabel } from './group-label.ts';
import { sumOf } from './group-row-data.ts';
import type { GroupWay } from './group-ways.ts';
import { allOf, type ListVariables } from './state.ts';
import { fetchGroups, type WindowsOf } from './useRowWindows.ts';
import { isChosen, type Selection } from './useSelection.ts';

/** The graph gives at most 500 rows at once; a file is put together from such windows. */
const windowRows = 500;
const exportedMax = 1_000_000;

export interface ExportSource {
  readonly definition: ListDefinition;
  readonly columns: readonly Column[];
  readonly variables: ListVariables;
  /** In groups, each with its sums and its rows. */
  readonly ways?: readonly GroupWay[];
  /** Only these rows; all that match when left out. */
  readonly selection?: Selection;
  readonly windowsOf: WindowsOf;
  readonly t: Translate;
  readonly format: Formats;
}

/** A line of the file: an entry, or the head of a group with the sums of its columns. */
export type ExportLine =
  | { readonly row: Row }
  | { readonly label: string; readonly count: number; readonly sums: ReadonlyMap<string, string> };

/** Saves exactly what a list shows, all rows of it in their order and groups, as a file that spreadsheets open. */
export async function exportRows(form: 'csv' | 'xlsx', source: ExportSource): Promise<void> {
  const { definition, t } = source;
  try {
    const lines: ExportLine[] = [];
    for await (const line of exportLines(source)) lines.push(line);
    const file =
      form === 'csv'
        ? new Blob([csvText(lines, source)], { type: 'text/csv;charset=utf-8' })
        : await (await import('./export-xlsx.ts')).xlsxFile(lines, source);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `${definition.label}.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    toast({ tone: 'ok', text: t('ui.list.exported', { count: lines.filter((line) => 'row' in line).length }) });
  } catch {
    toast({ tone: 'danger', text: t('ui.list.exportFailed') });
  }
}

/** The lines of the file, fetched window by window. */
export async function* exportLines(source: ExportSource): AsyncGenerator<ExportLine> {
  const { variables, selection } = source;
  if (selection && !selection.all) {
    for (const row of selection.rows.values()) yield { row };
    return;
  }
  yield* groupsOf(source, variables, source.ways ?? []);
}

/** The heads of the first of these ways, each with what is below it: further groups, and at last the rows. */
async function* groupsOf(
  source: ExportSource,
  variables: ListVariables,
  [way, ...inner]: readonly GroupWay[],
): AsyncGenerator<ExportLine> {
  const { definition, columns } = source;
  if (!way) {
    yield* rowsOf(source, variables);
    return;
  }
  const words = { format: source.format, yes: source.t('ui.yes'), no: source.t('ui.no') };
  for (let at = 0; ; at += windowRows) {
    const asked = { by: way.by, filter: variables.filter, first: windowRows, at, sums: true } as const;
    const { groups, total } = await fetchGroups(definition, asked);
    for (const group of groups) {
      const sums = columns.flatMap((column) => {
        const sum = sumOf(group, column, definition);
        return sum === null ? [] : [[column.key, sum] as const];
      });
      const label = groupLabel(way, group.key, words, source.t('ui.group.none'));
      yield { label, count: group.count, sums: new Map(sums) };
      const filter = allOf([...(variables.filter ? [variables.filter] : []), groupFilter(way, group.key)]);
      yield* groupsOf(source, { ...variables, filter }, inner);
    }
    if (at + groups.length >= total || groups.length === 0) return;
  }
}

async function* rowsOf(source: ExportSource, variables: ListVariables): AsyncGenerator<ExportLine> {
  const fetchWindow = source.windowsOf(source.definition, variables);
  const patience = new AbortController();
  for (let at = 0; at < exportedMax; at += windowRows) {
    const { rows } = await fetchWindow({ at, first: windowRows, rows: true, count: false }, patience.signal);
    for (const row of rows) if (!source.selection || isChosen(source.selection, row.id)) yield { row };
    if (rows.length < windowRows) return;
  }
}

import { type CellWords, cellText, isNumeric } from './cell.tsx';
import type { Column, Row } from './definition.ts';
import { isGroupRow } from './group-row-data.ts';
import type { Marked } from './keys.ts';
import { writeTsv } from './parse-cell.ts';
import type { ListRows } from './windows.ts';

/** Rows that a copy takes at most; more is an export. */
const copiedMax = 10_000;

/** Puts the marked cells on the clipboard, as they are written and in the form that spreadsheets take. */
export async function copyCells(
  marked: Marked,
  rows: ListRows,
  columns: readonly Column[],
  words: CellWords,
): Promise<void> {
  const shown = columns.slice(marked.fromColumn - 1, marked.toColumn);
  const lines: string[][] = [];
  for (let at = marked.fromRow; at <= Math.min(marked.toRow, marked.fromRow + copiedMax); at += 1) {
    const row = rows.row(at);
    if (row && !isGroupRow(row)) lines.push(shown.map((column) => copied(column, row, words)));
  }
  await navigator.clipboard.writeText(writeTsv(lines));
}

/** Spreadsheets take no typographic minus for a number. */
function copied(column: Column, row: Row, words: CellWords): string {
  const text = cellText(column, row, words);
  return isNumeric(column) ? text.replace('\u2212', '-') : text;
}

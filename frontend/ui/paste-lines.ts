import type { Locale } from '#i18n/translate.ts';
import { parseTsv } from './DataTable/parse-cell.ts';
import { parseDecimal } from './decimal-input.ts';

/** Rows that are taken at once. */
export const pastedMax = 500;

export interface PastedRows<Field extends string> {
  /** By field what stood in the row; a column that was not pasted is absent. Numbers are plain: `1234.5`. */
  readonly rows: readonly Partial<Record<Field, string>>[];
  /** More than are taken at once. */
  readonly left: number;
}

/**
 * Rows of a spreadsheet as fields of lines, from the field of the cursor on. A head is left out, and so are empty rows; numbers are
 * read as the rows together show that they are written. What is no number stays as it is, for its line to say so.
 */
export function pastedRows<Field extends string>(
  text: string,
  fields: readonly Field[],
  from: Field,
  numeric: readonly Field[],
  locale: Locale,
): PastedRows<Field> {
  const columns = fields.slice(Math.max(fields.indexOf(from), 0));
  const cells = parseTsv(text).map((row) => row.slice(0, columns.length).map((cell) => cell.trim()));
  const filled = cells.filter((row) => row.some((cell) => cell !== ''));
  const isNumeric = (_: string, at: number) => numeric.includes(columns[at] as Field);
  const numbersOf = (row: readonly string[]) => row.filter(isNumeric).filter((cell) => cell !== '');
  const [first = [], ...others] = filled;
  const isHead =
    others.length > 0 &&
    numbersOf(first).length > 0 &&
    first.every((cell) => !/\d/.test(cell)) &&
    others.flatMap(numbersOf).some((cell) => /\d/.test(cell));
  const all = isHead ? others : filled;
  const written = notationOf(all.flatMap(numbersOf)) ?? locale;
  const rows = all.slice(0, pastedMax).map((row) => {
    const entries = row.map((cell, at) => [
      columns[at],
      isNumeric(cell, at) ? (parseDecimal(cell, written) ?? cell) : cell,
    ]);
    return Object.fromEntries(entries) as Partial<Record<Field, string>>;
  });
  return { rows, left: all.length - rows.length };
}

/** How numbers are written where at least one of them leaves no doubt and none says otherwise. */
function notationOf(numbers: readonly string[]): Locale | null {
  const said = new Set(
    numbers.flatMap((number): Locale[] => {
      const bare = number.replaceAll(/[^\d.,]/g, '');
      const sign = bare.match(/[.,]/g)?.at(-1);
      const isPoint = new Set(bare.match(/[.,]/g)).size === 2 || /^\d*[.,](\d{1,2}|\d{4,})$|^0?[.,]\d+$/.test(bare);
      return sign && isPoint ? [sign === ',' ? 'de' : 'en'] : [];
    }),
  );
  const [only] = said;
  return said.size === 1 && only ? only : null;
}

/** The lines with rows put over them from one place on; those beyond the last line are added. */
export function overLines<Line>(
  lines: readonly Line[],
  at: number,
  count: number,
  emptyLine: () => Line,
  put: (row: number, over: Line) => Line,
): readonly Line[] {
  const placed = Array.from({ length: count }, (_, row) => put(row, lines[at + row] ?? emptyLine()));
  return [...lines.slice(0, at), ...placed, ...lines.slice(at + count)];
}

import type { Column } from './definition.ts';

/** Room for the check mark at the start of each row. */
export const checkWidthPx = 40;
/** Least width of a column that takes what is left. */
export const freeWidthPx = 160;
/** Width beyond each edge of the view in which columns are drawn, so that a sideways move does not show gaps. */
const aroundPx = 40;

export interface ColumnInView {
  readonly column: Column;
  /** Its place among all columns, from 0. */
  readonly at: number;
  /** The first after those that are left out, which keeps their room. */
  readonly afterGap: boolean;
  /** Where its cell stands in a row that leaves others out; undefined on a card, where each has its own place. */
  readonly place?: { readonly gridColumnStart: number };
}

export interface ColumnsInView {
  readonly columns: readonly ColumnInView[];
  /** Width of the columns that are left out before the first that is not pinned. */
  readonly gap: number;
}

const widthOf = (column: Column): number => column.width ?? freeWidthPx;

/** Width that a list needs for all its columns. */
export const leastWidth = (columns: readonly Column[]): number =>
  columns.reduce((sum, column) => sum + widthOf(column), checkWidthPx);

/**
 * The columns that a reader can see: the pinned ones and those that the sideways position brings into view. Where the
 * view holds them all, or before it has been measured, that is every one.
 */
export function columnsInView(
  columns: readonly Column[],
  pinned: number,
  view: { readonly left: number; readonly width: number },
): ColumnsInView {
  const all = columns.map((column, at): ColumnInView => ({ column, at, afterGap: false }));
  if (view.width === 0 || leastWidth(columns) <= view.width) return { columns: all.map(placed), gap: 0 };
  const pinnedWidth = leastWidth(columns.slice(0, pinned));
  const from = view.left + pinnedWidth - aroundPx;
  const to = view.left + view.width + aroundPx;
  let edge = pinnedWidth;
  let gap = 0;
  const seen = all.slice(0, pinned);
  for (const each of all.slice(pinned)) {
    const start = edge;
    edge += widthOf(each.column);
    if (edge <= from) gap += widthOf(each.column);
    else if (start < to) seen.push({ ...each, afterGap: gap > 0 && seen.length === pinned });
  }
  return { columns: seen.map(placed), gap };
}

/** The first track is the check mark's. */
const placed = (view: ColumnInView, position: number): ColumnInView => ({
  ...view,
  place: { gridColumnStart: position + 2 },
});

/** Tracks of the head, the foot, and of rows that show every column. A column without a width takes what is left. */
export function allTracks(columns: readonly Column[]): string {
  const tracks = columns.map(({ width }) => (width === null ? `minmax(${freeWidthPx}px, 1fr)` : `${width}px`));
  const rest = columns.some(({ width }) => width === null) ? '' : ' 1fr';
  return `${checkWidthPx}px ${tracks.join(' ')}${rest}`;
}

/** Tracks of rows that leave columns out. */
export function tracksInView({ columns, gap }: ColumnsInView): string {
  return [
    `${checkWidthPx}px`,
    ...columns.map(({ column, afterGap }) => `${widthOf(column) + (afterGap ? gap : 0)}px`),
  ].join(' ');
}

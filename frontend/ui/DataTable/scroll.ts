import type { Range } from '@tanstack/react-virtual';

/**
 * Where rows stand when a list is longer than a browser lets an element be (about 33.5 million px). The body is capped;
 * its scroll position stands for a position in the full list. Small moves are taken one to one, so that a wheel or a
 * finger moves rows as far as anywhere else; jumps of the thumb are taken in proportion.
 */
export const bodyHeightMaxPx = 8_000_000;

export interface ScrollGeometry {
  readonly rowCount: number;
  readonly rowHeight: number;
  /** Height of the part of the viewport that shows rows. */
  readonly viewHeight: number;
}

export function bodyHeight({ rowCount, rowHeight }: ScrollGeometry): number {
  return Math.min(rowCount * rowHeight, bodyHeightMaxPx);
}

const listTopMax = (geometry: ScrollGeometry) =>
  Math.max(0, geometry.rowCount * geometry.rowHeight - geometry.viewHeight);
const scrollTopMax = (geometry: ScrollGeometry) => Math.max(0, bodyHeight(geometry) - geometry.viewHeight);

/** The scroll position that stands for a position in the full list. */
export function scrollTopFor(listTop: number, geometry: ScrollGeometry): number {
  const max = listTopMax(geometry);
  return max === 0 ? 0 : (clamp(listTop, max) / max) * scrollTopMax(geometry);
}

/** The position in the full list after the body was scrolled from one position to another. */
export function listTopAfter(
  listTop: number,
  scrolledFrom: number,
  scrolledTo: number,
  geometry: ScrollGeometry,
): number {
  const max = listTopMax(geometry);
  const scrollMax = scrollTopMax(geometry);
  if (scrollMax === 0 || scrolledTo <= 0) return 0;
  if (scrolledTo >= scrollMax - 1) return max;
  const moved = scrolledTo - scrolledFrom;
  if (max === scrollMax || Math.abs(moved) > geometry.viewHeight * 2) return (scrolledTo / scrollMax) * max;
  return clamp(listTop + moved, max);
}

/**
 * Places for rows in the body: one for each row, or as many as its height holds and one more, since a mapped list may
 * stand between two of them.
 */
export function slotCount({ rowCount, rowHeight }: ScrollGeometry): number {
  return Math.min(rowCount, Math.ceil(bodyHeightMaxPx / rowHeight) + 1);
}

/** How far in px the list is ahead of its body; nothing where every row has a place of its own. */
export function leadOf(listTop: number, scrollTop: number, geometry: ScrollGeometry): number {
  return slotCount(geometry) === geometry.rowCount ? 0 : Math.max(0, listTop - scrollTop);
}

/** The rows that stand in places of the body, when the list is ahead of it. */
export function rowsOf(
  slots: { first: number; last: number },
  lead: number,
  { rowCount, rowHeight }: ScrollGeometry,
): { first: number; last: number } {
  const ahead = Math.floor(lead / rowHeight);
  return { first: slots.first + ahead, last: Math.min(rowCount - 1, slots.last + ahead) };
}

/** First and last row that are mostly in view. */
export function rowsSeen(
  listTop: number,
  { rowCount, rowHeight, viewHeight }: ScrollGeometry,
): readonly [number, number] {
  return [
    Math.ceil(listTop / rowHeight - 0.3),
    Math.min(rowCount - 1, Math.floor((listTop + viewHeight) / rowHeight - 0.7)),
  ];
}

/** The page never holds more than 200 rows; head and foot are rows as well. */
export const rowsMax = 190;

/** Rows drawn before and behind those in view, so that a slow scroll never shows a gap. */
const rowsAround = 2;

/** How many rows are drawn. The number does not depend on where the list stands, so that rows are used again as they are. */
export function rowsDrawn({ rowHeight, viewHeight }: Pick<ScrollGeometry, 'rowHeight' | 'viewHeight'>): number {
  return Math.min(rowsMax, Math.ceil(viewHeight / rowHeight) + 1 + rowsAround * 2);
}

/** Places to draw: those in view and a few around them. */
export function slotsDrawn({ startIndex, count }: Pick<Range, 'startIndex' | 'count'>, drawn: number): number[] {
  const first = Math.max(0, Math.min(startIndex - rowsAround, count - drawn));
  return Array.from({ length: Math.min(drawn, count) }, (_, at) => first + at);
}

/** The nearest position of the list at which a row is wholly in view. */
export function listTopShowing(row: number, listTop: number, geometry: ScrollGeometry): number {
  const top = row * geometry.rowHeight;
  if (top < listTop) return top;
  const bottom = top + geometry.rowHeight;
  return bottom > listTop + geometry.viewHeight ? bottom - geometry.viewHeight : listTop;
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}

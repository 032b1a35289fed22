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

/** Rows to draw: those in view and a few around them, never more than fit the limit of the page. */
export function rowsInView(
  listTop: number,
  geometry: ScrollGeometry,
  overscan: number,
): { first: number; last: number } {
  const { rowCount, rowHeight, viewHeight } = geometry;
  const first = Math.max(0, Math.floor(listTop / rowHeight) - overscan);
  const last = Math.min(rowCount - 1, Math.ceil((listTop + viewHeight) / rowHeight) + overscan, first + rowsMax - 1);
  return { first, last };
}

/** The page never holds more than 200 rows; head and foot are rows as well. */
export const rowsMax = 190;

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

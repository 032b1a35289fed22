import { defaultWidgets, isWidgetName, widgetKinds } from './widgets.ts';

export const columns = 12;
const deepest = 40;
const most = 30;

/** Where a widget stands, in columns and rows from the upper start corner. */
export interface Place {
  /** Name of a widget, or `views/<list>/<name>` for a saved view. */
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type Layout = readonly Place[];

/** Key of the saved view that a widget shows; null for any other widget. */
export const viewOf = (id: string): string | null => (id.startsWith('views/') ? id : null);

const viewSize = { size: { w: 4, h: 6 }, least: { w: 3, h: 3 } };

export function sizesOf(id: string) {
  return isWidgetName(id) ? widgetKinds[id] : viewSize;
}

/** The layout that a reader has kept; null when it is none, so that a damaged one falls back to the role's. */
export function parseLayout(value: unknown): Layout | null {
  if (!Array.isArray(value)) return null;
  const places = new Map<string, Place>();
  for (const entry of value.slice(0, most) as Partial<Place>[]) {
    const { id, x, y, w, h } = entry ?? {};
    if (typeof id !== 'string' || !(isWidgetName(id) || viewOf(id))) continue;
    if (![x, y, w, h].every((each) => Number.isInteger(each))) continue;
    places.set(id, fitted({ id, x: x as number, y: y as number, w: w as number, h: h as number }));
  }
  return places.size === 0 && value.length > 0 ? null : packed([...places.values()]);
}

/** The widgets of a role, row by row. */
export function defaultLayout(permissions: readonly string[]): Layout {
  let layout: Layout = [];
  for (const id of defaultWidgets(permissions)) layout = added(layout, id);
  return layout;
}

/** With one more widget, in the first gap that takes it. */
export function added(layout: Layout, id: string): Layout {
  const { size } = sizesOf(id);
  for (let y = 0; ; y++) {
    for (let x = 0; x + size.w <= columns; x++) {
      const place = { id, x, y, ...size };
      if (!layout.some((other) => overlap(place, other))) return packed([...layout, place]);
    }
  }
}

export const removed = (layout: Layout, id: string): Layout => packed(layout.filter((place) => place.id !== id));

/** With one widget moved or resized; what is in its way goes below it. */
export function changed(layout: Layout, id: string, change: Partial<Omit<Place, 'id'>>): Layout {
  const place = layout.find((each) => each.id === id);
  if (!place) return layout;
  const now = fitted({ ...place, ...change });
  // Moving down past a neighbour means taking its turn, or packing would undo the move.
  const others = layout.filter((each) => each.id !== id);
  const passed = now.y > place.y ? others.filter((each) => overlap(now, each)).map((each) => each.id) : [];
  const lifted = others.map((each) => (passed.includes(each.id) ? { ...each, y: each.y - now.h } : each));
  return packed([now, ...lifted], passed.length > 0 ? undefined : id);
}

function fitted(place: Place): Place {
  const { least } = sizesOf(place.id);
  const w = clamp(place.w, least.w, columns);
  return {
    id: place.id,
    w,
    h: clamp(place.h, least.h, deepest),
    x: clamp(place.x, 0, columns - w),
    y: Math.max(0, place.y),
  };
}

/** Everything as high up as it goes, in reading order; the widget that was just put somewhere goes first. */
function packed(layout: Layout, first?: string): Layout {
  const order = [...layout].sort((a, b) => a.y - b.y || Number(b.id === first) - Number(a.id === first) || a.x - b.x);
  const done: Place[] = [];
  for (const place of order) {
    let y = 0;
    while (done.some((other) => overlap({ ...place, y }, other))) y++;
    done.push({ ...place, y });
  }
  return done.sort((a, b) => a.y - b.y || a.x - b.x);
}

const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const clamp = (value: number, least: number, greatest: number) => Math.min(greatest, Math.max(least, value));

import { today } from '#i18n/today.ts';
import type { Column, ListDefinition } from './definition.ts';
import { type FilterPart, filterOf, parsePart, writePart } from './filter.ts';
import { waysOf } from './group-ways.ts';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface ShownColumn {
  readonly key: string;
  /** Chosen by dragging; null keeps the column's own width. */
  readonly width: number | null;
}

/** What a list shows. All of it stands in the URL, so a view can be shared, saved and gone back to. */
export interface ListState {
  readonly search: string;
  /** All of these must hold. */
  readonly conditions: readonly FilterPart[];
  readonly sort: readonly Sort[];
  /** Null: the columns that are shown unless someone chose. */
  readonly columns: readonly ShownColumn[] | null;
  /** What rows are grouped by, such as `status` or `issuedOn.month`; two levels as `status,issuedOn.month`. */
  readonly group: string | null;
  /** Columns that stay in view when the list is moved sideways; null leaves it to the list. */
  readonly pinned: number | null;
}

export const pinnedMax = 3;

export const plainState: ListState = { search: '', conditions: [], sort: [], columns: null, group: null, pinned: null };

export interface ListVariables {
  readonly filter: object | null;
  readonly orderBy: readonly { readonly field: string; readonly direction: 'ASC' | 'DESC' }[] | null;
}

/** Reads the URL. What it does not understand it leaves out, so that an old link still opens. */
export function parseState(params: URLSearchParams, definition: ListDefinition): ListState {
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  const conditions = params.getAll('f').flatMap((text) => parsePart(text, byKey) ?? []);
  const sort = list(params.get('sort')).flatMap((text): Sort[] => {
    const descending = text.startsWith('-');
    const column = descending ? text.slice(1) : text;
    return byKey.get(column)?.sort ? [{ column, descending }] : [];
  });
  const columns = list(params.get('cols')).flatMap((text): ShownColumn[] => {
    const [key = '', width] = text.split('~');
    return byKey.has(key) ? [{ key, width: width ? clampWidth(Number(width)) : null }] : [];
  });
  const ways = waysOf(definition, params.get('group'));
  const pin = params.get('pin');
  return {
    search: params.get('q') ?? '',
    conditions,
    sort,
    columns: columns.length > 0 ? columns : null,
    group: ways.length > 0 ? ways.map(({ name }) => name).join() : null,
    pinned: pin !== null && /^\d$/.test(pin) ? Math.min(pinnedMax, Number(pin)) : null,
  };
}

export function writeState(state: ListState): string {
  const params = new URLSearchParams();
  if (state.search) params.set('q', state.search);
  for (const part of state.conditions) params.append('f', writePart(part));
  if (state.group) params.set('group', state.group);
  if (state.sort.length > 0) {
    params.set('sort', state.sort.map(({ column, descending }) => (descending ? `-${column}` : column)).join(','));
  }
  if (state.columns) {
    params.set('cols', state.columns.map(({ key, width }) => (width === null ? key : `${key}~${width}`)).join(','));
  }
  if (state.pinned !== null) params.set('pin', String(state.pinned));
  return params.toString().replace(/%(?:2C|3A|7E|28|29|3B)/g, decodeURIComponent);
}

/** The state as the graph's `filter` and `orderBy`. Only a condition has to know which day it is. */
export function toVariables(
  state: ListState,
  definition: ListDefinition,
  day = state.conditions.length > 0 ? today() : '',
): ListVariables {
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  const all: object[] = definition.base ? [definition.base] : [];
  all.push(...state.conditions.flatMap((part) => filterOf(part, definition, day) ?? []));
  if (state.search) {
    const any = definition.search.map((field) => ({ [field]: { contains: state.search } }));
    all.push(any.length === 1 ? (any[0] as object) : { or: any });
  }
  const orderBy = state.sort.flatMap(({ column, descending }) => {
    const field = byKey.get(column)?.sort;
    return field ? [{ field, direction: descending ? ('DESC' as const) : ('ASC' as const) }] : [];
  });
  return { filter: allOf(all), orderBy: orderBy.length > 0 ? orderBy : null };
}

/** Filters that must all hold, as one. */
export function allOf(filters: readonly object[]): object | null {
  return filters.length === 0 ? null : filters.length === 1 ? (filters[0] as object) : { and: filters };
}

/** A click on a head: ascending, descending, as it was. With `add`, the other columns keep their place in the order. */
export function nextSort(sort: readonly Sort[], column: string, add: boolean): readonly Sort[] {
  const now = sort.find((each) => each.column === column);
  const others = add ? sort.filter((each) => each.column !== column) : [];
  if (!now) return [...others, { column, descending: false }];
  if (!now.descending) {
    const turned = { column, descending: true };
    return add ? sort.map((each) => (each.column === column ? turned : each)) : [turned];
  }
  return others;
}

/** The order in effect: what the URL names, else the graph's own. */
export function shownSort(sort: readonly Sort[], { defaultSort }: ListDefinition): readonly Sort[] {
  if (sort.length > 0 || !defaultSort) return sort;
  const descending = defaultSort.startsWith('-');
  return [{ column: descending ? defaultSort.slice(1) : defaultSort, descending }];
}

/** The columns to show, in order, with the widths to show them in. */
export function shownColumns(state: ListState, definition: ListDefinition): readonly Column[] {
  if (!state.columns) return definition.columns.filter((column) => !column.spare);
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  return state.columns.flatMap(({ key, width }) => {
    const column = byKey.get(key);
    return column ? [width === null ? column : { ...column, width }] : [];
  });
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(800, Math.max(48, Number.isFinite(width) ? width : 120)));
}

function list(text: string | null): string[] {
  return text ? text.split(',').filter(Boolean) : [];
}

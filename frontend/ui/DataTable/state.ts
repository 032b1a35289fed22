import type { Column, FilterType, ListDefinition } from './definition.ts';

export const operators = ['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'contains', 'startsWith', 'isNull'] as const;
export type Operator = (typeof operators)[number];

export const operatorsByType: Readonly<Record<FilterType, readonly Operator[]>> = {
  text: ['contains', 'startsWith', 'eq', 'ne', 'isNull'],
  date: ['gte', 'lte', 'eq', 'isNull'],
  number: ['gte', 'lte', 'eq', 'ne'],
  enum: ['in', 'ne'],
  set: ['contains'],
  yesNo: ['eq'],
};

export interface Condition {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

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
  readonly conditions: readonly Condition[];
  readonly sort: readonly Sort[];
  /** Null: the columns that are shown unless someone chose. */
  readonly columns: readonly ShownColumn[] | null;
}

export interface ListVariables {
  readonly filter: object | null;
  readonly orderBy: readonly { readonly field: string; readonly direction: 'ASC' | 'DESC' }[] | null;
}

/** Reads the URL. What it does not understand it leaves out, so that an old link still opens. */
export function parseState(params: URLSearchParams, definition: ListDefinition): ListState {
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  const conditions = params.getAll('f').flatMap((text): Condition[] => {
    const [column = '', operator = '', ...value] = text.split(':');
    const known = byKey.get(column)?.filter && (operators as readonly string[]).includes(operator);
    return known ? [{ column, operator: operator as Operator, value: value.join(':') }] : [];
  });
  const sort = list(params.get('sort')).flatMap((text): Sort[] => {
    const descending = text.startsWith('-');
    const column = descending ? text.slice(1) : text;
    return byKey.get(column)?.sort ? [{ column, descending }] : [];
  });
  const columns = list(params.get('cols')).flatMap((text): ShownColumn[] => {
    const [key = '', width] = text.split('~');
    return byKey.has(key) ? [{ key, width: width ? clampWidth(Number(width)) : null }] : [];
  });
  return { search: params.get('q') ?? '', conditions, sort, columns: columns.length > 0 ? columns : null };
}

export function writeState(state: ListState): string {
  const params = new URLSearchParams();
  if (state.search) params.set('q', state.search);
  for (const { column, operator, value } of state.conditions) params.append('f', `${column}:${operator}:${value}`);
  if (state.sort.length > 0) {
    params.set('sort', state.sort.map(({ column, descending }) => (descending ? `-${column}` : column)).join(','));
  }
  if (state.columns) {
    params.set('cols', state.columns.map(({ key, width }) => (width === null ? key : `${key}~${width}`)).join(','));
  }
  return params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%7E', '~');
}

/** The state as the graph's `filter` and `orderBy`. */
export function toVariables(state: ListState, definition: ListDefinition): ListVariables {
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  const all: object[] = definition.base ? [definition.base] : [];
  for (const condition of state.conditions) {
    const column = byKey.get(condition.column);
    if (!column?.filter) continue;
    const value = filterValue(condition, column);
    if (value !== undefined) all.push({ [column.filter]: { [condition.operator]: value } });
  }
  if (state.search) {
    const any = definition.search.map((field) => ({ [field]: { contains: state.search } }));
    all.push(any.length === 1 ? (any[0] as object) : { or: any });
  }
  const orderBy = state.sort.flatMap(({ column, descending }) => {
    const field = byKey.get(column)?.sort;
    return field ? [{ field, direction: descending ? ('DESC' as const) : ('ASC' as const) }] : [];
  });
  return {
    filter: all.length === 0 ? null : all.length === 1 ? (all[0] as object) : { and: all },
    orderBy: orderBy.length > 0 ? orderBy : null,
  };
}

function filterValue({ operator, value }: Condition, column: Column): unknown {
  if (operator === 'isNull') return value !== 'false';
  if (operator === 'in') return value === '' ? undefined : value.split(',');
  if (value === '') return undefined;
  if (column.filterType === 'yesNo') return value === 'true';
  if (column.filterType === 'date' && column.kind === 'dateTime') return `${value}T00:00:00Z`;
  return value;
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

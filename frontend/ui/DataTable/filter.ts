import type { Column, FilterType, ListDefinition } from './definition.ts';
import { daysOf, isPeriod } from './periods.ts';

/** `within`: a period that moves with the calendar, such as last month. */
export const operators = [
  'eq',
  'ne',
  'in',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'startsWith',
  'isNull',
  'within',
] as const;
export type Operator = (typeof operators)[number];

export const operatorsByType: Readonly<Record<FilterType, readonly Operator[]>> = {
  text: ['contains', 'startsWith', 'eq', 'ne', 'in', 'isNull'],
  date: ['within', 'gte', 'lte', 'eq', 'isNull'],
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

/** Conditions that hold together: all of them, any of them, or none. */
export interface ConditionGroup {
  readonly match: 'all' | 'any' | 'none';
  readonly parts: readonly FilterPart[];
}

export type FilterPart = Condition | ConditionGroup;

export const isGroup = (part: FilterPart): part is ConditionGroup => 'match' in part;

/** Groups are as deep as a reader can still follow, and a link cannot ask for more. */
export const depthMax = 4;

/**
 * A part as it stands in the URL: `status:in:OPEN,PAID`, and groups as `any(status:in:OPEN;all(country:eq:DE;...))`.
 * Values inside groups are escaped, so that none of them can end its group.
 */
export function writePart(part: FilterPart, inside = false): string {
  if (isGroup(part)) return `${part.match}(${part.parts.map((each) => writePart(each, true)).join(';')})`;
  return `${part.column}:${part.operator}:${inside ? escaped(part.value) : part.value}`;
}

const escaped = (value: string): string =>
  encodeURIComponent(value).replace(/[()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

/** Reads a part; null when it is nothing that this list can be filtered by. What a group does not understand it leaves out. */
export function parsePart(text: string, columns: ReadonlyMap<string, Column>, depth = 0): FilterPart | null {
  const [, match, inner] = /^(all|any|none)\((.*)\)$/s.exec(text) ?? [];
  if (match !== undefined && inner !== undefined) {
    if (depth >= depthMax) return null;
    const parts = split(inner).flatMap((each) => parsePart(each, columns, depth + 1) ?? []);
    return parts.length > 0 ? { match: match as ConditionGroup['match'], parts } : null;
  }
  const [column = '', operator = '', ...rest] = text.split(':');
  if (!columns.get(column)?.filter || !(operators as readonly string[]).includes(operator)) return null;
  const value = rest.join(':');
  return { column, operator: operator as Operator, value: depth > 0 ? unescaped(value) : value };
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Parts of a group, at the semicolons that are not within an inner one. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at];
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (at === text.length || (character === ';' && depth === 0)) {
      if (at > from) parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** Several values as one text, and back; a comma in a value does not part it. */
export const joinValues = (values: readonly string[]): string =>
  values.map((each) => each.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
export const splitValues = (text: string): readonly string[] =>
  text === '' ? [] : text.split(',').map((each) => each.replaceAll('%2C', ',').replaceAll('%25', '%'));

/** The part as a filter of the graph; null when it asks for nothing. */
export function filterOf(part: FilterPart, definition: ListDefinition, day: string): object | null {
  if (isGroup(part)) {
    const parts = part.parts.flatMap((each) => filterOf(each, definition, day) ?? []);
    if (parts.length === 0) return null;
    if (part.match === 'none') return { not: { or: parts } };
    return parts.length === 1 ? (parts[0] as object) : { [part.match === 'any' ? 'or' : 'and']: parts };
  }
  const column = definition.columns.find((each) => each.key === part.column);
  if (!column?.filter) return null;
  const operations = operationsOf(part, column, definition, day);
  return operations && { [column.filter]: operations };
}

function operationsOf(
  { operator, value }: Condition,
  column: Column,
  definition: ListDefinition,
  day: string,
): object | null {
  if (operator === 'isNull') return { isNull: value !== 'false' };
  if (value === '') return null;
  const moment = (date: string, end = false) =>
    column.kind === 'dateTime' ? `${date}T${end ? '23:59:59.999999' : '00:00:00'}Z` : date;
  if (operator === 'within') {
    if (!isPeriod(value)) return null;
    const { from, to } = daysOf(value, day, definition.fiscalYearStart);
    return { gte: moment(from), lte: moment(to, true) };
  }
  if (operator === 'in') return { in: splitValues(value) };
  if (column.filterType === 'yesNo') return { [operator]: value === 'true' };
  if (column.filterType === 'date') {
    if (column.kind === 'dateTime' && operator === 'eq') return { gte: moment(value), lte: moment(value, true) };
    return { [operator]: moment(value, operator === 'lte' || operator === 'gt') };
  }
  return { [operator]: value };
}

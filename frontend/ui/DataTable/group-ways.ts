import type { Column, ListDefinition } from './definition.ts';

export const spans = ['month', 'quarter', 'year'] as const;
export type Span = (typeof spans)[number];

/** One way to group a list: by the values of a column, or by a span of its days. */
export interface GroupWay {
  /** As it stands in the URL: `status`, `issuedOn.month`. */
  readonly name: string;
  readonly column: Column;
  readonly span: Span | null;
  /** Name in the graph's enum: `STATUS`, `ISSUED_ON_MONTH`. */
  readonly by: string;
}

/** Every way in which a list can be grouped. */
export function groupWays(definition: ListDefinition): readonly GroupWay[] {
  return (definition.groups?.columns ?? []).flatMap((key): GroupWay[] => {
    const column = definition.columns.find((each) => each.key === key);
    if (!column?.filter) return [];
    const by = column.filter.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    if (column.filterType !== 'date') return [{ name: key, column, span: null, by }];
    return spans.map((span) => ({ name: `${key}.${span}`, column, span, by: `${by}_${span.toUpperCase()}` }));
  });
}

/** How many levels of groups a list may have. */
export const levelsMax = 2;

/** The ways of a list in groups, the outer one first, as they stand in the URL: `status,issuedOn.month`. */
export function waysOf(definition: ListDefinition, text: string | null): readonly GroupWay[] {
  const all = groupWays(definition);
  const found = (text ?? '').split(',').flatMap((name) => all.find((way) => way.name === name) ?? []);
  return [...new Set(found)].slice(0, levelsMax);
}

/** The filter that the entries of a group meet, and no others do. */
export function groupFilter({ column, span }: GroupWay, key: string | null): object {
  const field = column.filter as string;
  if (key === null) return { [field]: { isNull: true } };
  if (span) {
    const { from, to } = spanDays(span, key);
    return { [field]: { gte: from, lte: to } };
  }
  if (column.filterType === 'yesNo') return { [field]: { eq: key === 'true' } };
  return { [field]: column.filterType === 'set' ? { contains: key } : { eq: key } };
}

/** First and last day of `2011-12`, `2011-Q4` or `2011`. */
export function spanDays(span: Span, key: string): { readonly from: string; readonly to: string } {
  const year = Number(key.slice(0, 4));
  const first = span === 'month' ? Number(key.slice(5)) : span === 'quarter' ? Number(key.slice(6)) * 3 - 2 : 1;
  const months = { month: 1, quarter: 3, year: 12 }[span];
  const day = (month: number, date: number) => new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
  return { from: day(first, 1), to: day(first + months, 0) };
}
